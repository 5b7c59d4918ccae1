#include "embedded/process.hpp"

#include <cstdlib>
#include <stop_token>
#include <string>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/error.hpp"

namespace indexer::embedded {
namespace {

Outcome shell(std::string const& script, std::string const& input = {}) {
    return run({.program = "/bin/sh", .arguments = {"-c", script}, .input = input}, {});
}

TEST(Run, ReturnsTheExitCodeAndEverythingPrinted) {
    auto const outcome = shell("echo out; echo error >&2; exit 3");
    EXPECT_EQ(outcome.status, 3);
    EXPECT_EQ(outcome.output, "out\nerror\n");
}

TEST(Run, HandsOverItsInputAndThenTheEnd) {
    EXPECT_EQ(shell("cat; echo end", "text\n").output, "text\nend\n");
}

TEST(Run, SaysWhichSignalEndedTheChild) {
    EXPECT_EQ(shell("kill -KILL $$").status, 128 + 9);
}

TEST(Run, FailsForAProgramThatIsNotThere) {
    EXPECT_FALSE(run({.program = "/nonexistent", .arguments = {}}, {}).succeeded());
}

TEST(Run, HidesOurEnvironmentFolderAndDescriptors) {
    ::setenv("INDEXER_RPC_URL", "https://secret", 1);
    int const open = ::open("/dev/null", O_RDONLY);  // without O_CLOEXEC, as others' may be
    auto const descriptor = "/proc/$$/fd/" + std::to_string(open);
    auto const outcome =
        shell("pwd; env | grep -c INDEXER; [ -e " + descriptor + " ] || echo closed");
    ::close(open);
    ::unsetenv("INDEXER_RPC_URL");
    EXPECT_EQ(outcome.output, "/\n0\nclosed\n");
}

TEST(Run, InterruptsTheChildWhenToldToStop) {
    std::stop_source stop;
    stop.request_stop();
    try {
        static_cast<void>(run({.program = "/bin/sleep", .arguments = {"1000"}}, stop.get_token()));
        FAIL() << "did not hear the stop";
    } catch (base::Error const& error) {
        EXPECT_EQ(error.fault(), base::Fault::stopped);
    }
}

}  // namespace
}  // namespace indexer::embedded
