#include "tests/world/process.hpp"

#include <array>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace indexer::test {
namespace {

std::vector<std::string> environment_text(Process::Environment const& environment) {
    std::vector<std::string> texts;
    for (char const* const kept :
         {"PATH", "HOME", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"}) {
        char const* const value = std::getenv(kept);
        if (value != nullptr && !environment.contains(kept)) {
            texts.push_back(fmt::format("{}={}", kept, value));
        }
    }
    for (auto const& [name, value] : environment)
        texts.push_back(fmt::format("{}={}", name, value));
    return texts;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (std::string& text : texts) result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

struct Pipe {
    std::array<int, 2> ends{};
    Pipe() {
        if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe");
    }
};

}  // namespace

Process::Process(std::vector<std::string> arguments, Environment const& environment) {
    Pipe const out;
    Pipe const err;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out.ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err.ends[1], STDERR_FILENO);
    auto variables = environment_text(environment);
    int const failed = posix_spawn(&pid_, arguments.front().c_str(), &actions, nullptr,
                                   pointers(arguments).data(), pointers(variables).data());
    posix_spawn_file_actions_destroy(&actions);
    close(out.ends[1]);
    close(err.ends[1]);
    out_.fd = out.ends[0];
    err_.fd = err.ends[0];
    if (failed != 0) throw std::runtime_error("cannot start " + arguments.front());
    out_.reader = std::thread([this] { read(out_); });
    err_.reader = std::thread([this] { read(err_); });
}

Process::~Process() {
    if (pid_ > 0) {
        signal(SIGKILL);
        static_cast<void>(wait());
    }
}

void Process::read(Stream& stream) {
    std::array<char, 4'096> buffer{};
    for (;;) {
        auto const count = ::read(stream.fd, buffer.data(), buffer.size());
        std::lock_guard const lock(mutex_);
        stream.ended = count <= 0;
        if (!stream.ended) stream.text.append(buffer.data(), static_cast<std::size_t>(count));
        changed_.notify_all();
        if (stream.ended) return;
    }
}

void Process::signal(int number) const {
    kill(pid_, number);
}

std::string Process::first_line() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return out_.ended || out_.text.find('\n') != std::string::npos; });
    auto const end = out_.text.find('\n');
    return end == std::string::npos ? std::string() : out_.text.substr(0, end);
}

bool Process::wait_for_error_text(std::string const& text) {
    std::unique_lock lock(mutex_);
    auto const found = [&] { return err_.text.find(text) != std::string::npos; };
    changed_.wait(lock, [&] { return err_.ended || found(); });
    return found();
}

std::string Process::error_text_after(std::string const& text) {
    std::unique_lock lock(mutex_);
    auto const end = [&] { return err_.text.find('\n', err_.text.find(text)); };
    changed_.wait(lock, [&] { return err_.ended || end() != std::string::npos; });
    auto const at = err_.text.find(text);
    if (at == std::string::npos) return {};
    auto const begin = at + text.size();
    return err_.text.substr(begin, end() - begin);
}

Finished Process::wait() {
    int status = 0;
    rusage used{};
    wait4(std::exchange(pid_, -1), &status, 0, &used);
    for (Stream* const stream : {&out_, &err_}) {
        stream->reader.join();
        close(stream->fd);
    }
    return {.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
            .out = out_.text,
            .err = err_.text,
            .peak_memory = static_cast<std::size_t>(used.ru_maxrss) * 1024};
}

Finished run_program(std::vector<std::string> arguments, Process::Environment const& environment) {
    return Process(std::move(arguments), environment).wait();
}

}  // namespace indexer::test
