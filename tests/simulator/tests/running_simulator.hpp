#pragma once

#include <chrono>
#include <string>
#include <vector>

#include <sys/types.h>

namespace indexer::simulator {

// What came back for one HTTP request.
struct HttpAnswer {
    int curl = 0;  // CURLcode: 0 when HTTP itself went well
    long status = 0;
    std::string headers;
    std::string body;
    double seconds = 0;
};

// The program under test in a process of its own, and a client that keeps its connection. The
// destructor ends the process and expects a clean exit.
class RunningSimulator {
  public:
    explicit RunningSimulator(std::vector<std::string> const& arguments);
    RunningSimulator(RunningSimulator const&) = delete;
    RunningSimulator& operator=(RunningSimulator const&) = delete;
    ~RunningSimulator();

    [[nodiscard]] std::string const& url() const noexcept { return url_; }
    [[nodiscard]] pid_t pid() const noexcept { return pid_; }

    HttpAnswer post(std::string const& path, std::string const& body,
                    std::string const& encoding = "");
    HttpAnswer get(std::string const& path);

    // The body of the answer to one call; `params` is JSON.
    std::string call(std::string const& method, std::string const& params = "[]");
    HttpAnswer try_call(std::string const& method, std::string const& params = "[]",
                        std::string const& encoding = "");
    std::string block(std::uint64_t slot);

    // Sends SIGTERM and returns the exit code.
    int stop();

    // How long a request may take before the client gives up.
    std::chrono::milliseconds patience{10'000};

    // Whether bodies come back uncompressed.
    bool decodes = true;

  private:
    HttpAnswer perform(std::string const& path, std::string const* body,
                       std::string const& encoding);

    pid_t pid_ = -1;
    std::string url_;
    void* curl_ = nullptr;
};

}  // namespace indexer::simulator
