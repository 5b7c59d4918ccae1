#include "tests/simulator/tests/running_simulator.hpp"

#include <array>
#include <csignal>
#include <cstdio>

#include <curl/curl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/places.hpp"

namespace indexer::simulator {
namespace {

constexpr std::size_t kMostBytes = 32U << 20U;  // an endless body ends here

std::size_t append(char* data, std::size_t, std::size_t size, void* to) {
    auto& text = *static_cast<std::string*>(to);
    text.append(data, size);
    return text.size() < kMostBytes ? size : 0;
}

[[noreturn]] void run(std::vector<std::string> arguments, int output) {
    arguments.insert(arguments.begin(), INDEXER_SIMULATOR);
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    ::dup2(output, STDOUT_FILENO);
    ::execv(argv.front(), argv.data());
    ::_exit(127);
}

std::string read_line(int from) {
    std::string line;
    for (char c = 0; ::read(from, &c, 1) == 1 && c != '\n';) line += c;
    return line;
}

}  // namespace

RunningSimulator::RunningSimulator(std::vector<std::string> const& arguments)
    : curl_(::curl_easy_init()) {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe(ends.data()), 0);
    pid_ = ::fork();
    if (pid_ == 0) run(arguments, ends[1]);
    ::close(ends[1]);
    auto const line = read_line(ends[0]);
    ::close(ends[0]);
    constexpr std::string_view kReady = "listening on ";
    EXPECT_EQ(line.substr(0, kReady.size()), kReady);
    if (line.size() > kReady.size()) url_ = line.substr(kReady.size());
}

RunningSimulator::~RunningSimulator() {
    ::curl_easy_cleanup(curl_);
    if (pid_ <= 0) return;  // stopped by the test
    EXPECT_EQ(stop(), 0);
}

int RunningSimulator::stop() {
    int status = -1;
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

HttpAnswer RunningSimulator::perform(std::string const& path, std::string const* body,
                                     std::string const& encoding) {
    HttpAnswer answer;
    auto const url = url_ + path;
    ::curl_easy_reset(curl_);
    ::curl_easy_setopt(curl_, CURLOPT_URL, url.c_str());
    ::curl_easy_setopt(curl_, CURLOPT_TIMEOUT_MS, static_cast<long>(patience.count()));
    ::curl_easy_setopt(curl_, CURLOPT_WRITEFUNCTION, append);
    ::curl_easy_setopt(curl_, CURLOPT_WRITEDATA, &answer.body);
    ::curl_easy_setopt(curl_, CURLOPT_HEADERFUNCTION, append);
    ::curl_easy_setopt(curl_, CURLOPT_HEADERDATA, &answer.headers);
    if (!encoding.empty()) {
        ::curl_easy_setopt(curl_, CURLOPT_ACCEPT_ENCODING, encoding.c_str());
    }
    ::curl_easy_setopt(curl_, CURLOPT_HTTP_CONTENT_DECODING, decodes ? 1L : 0L);
    if (body != nullptr) {
        ::curl_easy_setopt(curl_, CURLOPT_POSTFIELDSIZE, static_cast<long>(body->size()));
        ::curl_easy_setopt(curl_, CURLOPT_POSTFIELDS, body->data());
    }
    answer.curl = ::curl_easy_perform(curl_);
    ::curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &answer.status);
    ::curl_easy_getinfo(curl_, CURLINFO_TOTAL_TIME, &answer.seconds);
    return answer;
}

HttpAnswer RunningSimulator::post(std::string const& path, std::string const& body,
                                  std::string const& encoding) {
    return perform(path, &body, encoding);
}

HttpAnswer RunningSimulator::get(std::string const& path) {
    return perform(path, nullptr, "");
}

HttpAnswer RunningSimulator::try_call(std::string const& method, std::string const& params,
                                      std::string const& encoding) {
    return post(
        "/", fmt::format(R"({{"jsonrpc":"2.0","id":1,"method":"{}","params":{}}})", method, params),
        encoding);
}

std::string RunningSimulator::call(std::string const& method, std::string const& params) {
    return try_call(method, params).body;
}

std::string RunningSimulator::block(std::uint64_t slot) {
    return call("getBlock", fmt::format(R"([{},{{"maxSupportedTransactionVersion":1}}])", slot));
}

}  // namespace indexer::simulator
