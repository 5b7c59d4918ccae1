#pragma once

#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <sys/types.h>

namespace indexer::test {

// How a program ended.
struct Finished {
    int exit_code = 0;  // 128 and the signal when one ended it
    std::string out;
    std::string err;
    std::size_t peak_memory = 0;  // bytes resident at most
};

// A running program of ours; the destructor kills it. Its output is read as it comes, so it never
// waits for the test.
class Process {
  public:
    using Environment = std::map<std::string, std::string>;

    // The child sees this environment in addition to PATH, HOME and the sanitizers' options, and
    // nothing else of ours. Its stdin is empty.
    explicit Process(std::vector<std::string> arguments, Environment const& environment = {});
    Process(Process const&) = delete;
    Process& operator=(Process const&) = delete;
    ~Process();

    void signal(int number) const;
    // Waits until stdout holds a whole line, and returns the first. Empty when it ended before.
    [[nodiscard]] std::string first_line();
    // Waits until stderr holds `text`; false when the program ended before.
    [[nodiscard]] bool wait_for_error_text(std::string const& text);
    // Waits until stderr holds a whole line with `text`, and returns what follows it there. Empty
    // when the program ended before.
    [[nodiscard]] std::string error_text_after(std::string const& text);
    [[nodiscard]] Finished wait();

  private:
    struct Stream {
        int fd = -1;
        std::string text;
        bool ended = false;
        std::thread reader;
    };
    void read(Stream& stream);

    pid_t pid_ = -1;
    std::mutex mutex_;
    std::condition_variable changed_;
    Stream out_;
    Stream err_;
};

// Runs a program to its end.
[[nodiscard]] Finished run_program(std::vector<std::string> arguments,
                                   Process::Environment const& environment = {});

}  // namespace indexer::test
