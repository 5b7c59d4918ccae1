#include "embedded/process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <grp.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/descriptor.hpp"
#include "base/error.hpp"

namespace indexer::embedded {
namespace {

base::Error not_run(Command const& command) {
    auto const reason = std::generic_category().message(errno);
    return base::Error(base::Fault::internal, base::Recovery::never,
                       command.program.string() + ": cannot be run: " + reason);
}

struct Pipe {
    base::Descriptor read;
    base::Descriptor write;
};

Pipe open_pipe(Command const& command) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw not_run(command);
    return {base::Descriptor(ends[0]), base::Descriptor(ends[1])};
}

// Not the rest: it may hold secrets, and the server's user can read the server's environment.
std::vector<std::string> environment() {
    std::vector<std::string> kept{"LC_ALL=C"};  // messages we look into
    for (char const* const name : {"PATH", "TZ", "LD_LIBRARY_PATH"}) {
        if (char const* const value = std::getenv(name)) {
            kept.push_back(std::string(name) + "=" + value);
        }
    }
    return kept;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (auto& text : texts) all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

// All that the child needs, made before the fork: after it only async-signal-safe calls are
// allowed, since other threads may hold any lock.
struct Plan {
    explicit Plan(Command const& command)
        : program(command.program.string()), arguments{program}, account(command.account) {
        arguments.insert(arguments.end(), command.arguments.begin(), command.arguments.end());
        argument_pointers = pointers(arguments);
        variable_pointers = pointers(variables);
    }

    std::string program;
    std::vector<std::string> arguments;
    std::vector<std::string> variables = environment();
    std::optional<Account> account;
    std::vector<char*> argument_pointers;
    std::vector<char*> variable_pointers;
};

bool become(Account const& account) noexcept {
    return ::setgroups(1, &account.group) == 0 && ::setgid(account.group) == 0 &&
           ::setuid(account.user) == 0;
}

void handle_signals_by_default() noexcept {
    for (int number = 1; number < NSIG; ++number) ::signal(number, SIG_DFL);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

[[noreturn]] void turn_into(Plan const& plan, int input, int output) noexcept {
    constexpr int kCannotRun = 127;  // as shells have it
    constexpr unsigned kFirstOther = 3;
    constexpr std::string_view kReason = "cannot be run by this user\n";
    bool const ready = ::dup2(input, STDIN_FILENO) >= 0 && ::dup2(output, STDOUT_FILENO) >= 0 &&
                       ::dup2(output, STDERR_FILENO) >= 0 && ::setsid() >= 0 && ::chdir("/") == 0 &&
                       ::close_range(kFirstOther, ~0U, 0) == 0 &&
                       (!plan.account || become(*plan.account)) &&
                       ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0;
    handle_signals_by_default();
    if (ready) {
        ::execve(plan.program.c_str(), plan.argument_pointers.data(),
                 plan.variable_pointers.data());
    }
    [[maybe_unused]] auto const written = ::write(STDERR_FILENO, kReason.data(), kReason.size());
    ::_exit(kCannotRun);
}

// While it lives no signal is handled in this thread: a child must not run our handlers between
// fork and exec, where it shares what they write to.
class SignalsBlocked {
  public:
    SignalsBlocked() noexcept {
        sigset_t all;
        ::sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    SignalsBlocked(SignalsBlocked const&) = delete;
    SignalsBlocked& operator=(SignalsBlocked const&) = delete;
    ~SignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

  private:
    sigset_t before_{};
};

pid_t spawn(Plan const& plan, int input, int output) noexcept {
    SignalsBlocked const blocked;
    pid_t const child = ::fork();
    if (child == 0) turn_into(plan, input, output);
    return child;
}

std::string read_to_end(int descriptor) {
    std::string text;
    std::array<char, 4096> buffer{};
    for (;;) {
        auto const count = ::read(descriptor, buffer.data(), buffer.size());
        if (count > 0) {
            text.append(buffer.data(), static_cast<std::size_t>(count));
        } else if (count == 0 || errno != EINTR) {
            return text;
        }
    }
}

// Waits for the end of the child, and leaves it to be reaped, so that its number stays its own.
void wait_for_end(pid_t child) noexcept {
    siginfo_t info{};
    while (::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT) != 0 &&
           errno == EINTR) {
    }
}

int reap(pid_t child) noexcept {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    constexpr int kSignal = 128;
    return WIFEXITED(status) ? WEXITSTATUS(status) : kSignal + WTERMSIG(status);
}

}  // namespace

Outcome run(Command const& command, std::stop_token stop) {
    auto input = open_pipe(command);
    auto output = open_pipe(command);
    auto const& text = command.input;
    if (::write(input.write.number(), text.data(), text.size()) < 0) throw not_run(command);
    input.write.close();

    Plan const plan(command);
    pid_t const child = spawn(plan, input.read.number(), output.write.number());
    if (child < 0) throw not_run(command);
    input.read.close();
    output.write.close();

    Outcome outcome{};
    {
        std::stop_callback const interrupt(stop, [child] { ::kill(child, SIGINT); });
        outcome.output = read_to_end(output.read.number());
        wait_for_end(child);
    }
    outcome.status = reap(child);
    if (stop.stop_requested()) throw base::stopped(command.program.filename().string());
    return outcome;
}

}  // namespace indexer::embedded
