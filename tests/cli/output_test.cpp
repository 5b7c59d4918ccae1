#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/world/world.hpp"

namespace indexer::test {
namespace {

class Output : public World {
  protected:
    void SetUp() override {
        World::SetUp();
        if (!IsSkipped()) migrate();
    }

    // What the shell makes of the program with these words behind its name.
    Finished shell(std::string const& words) const {
        Process::Environment environment = environment_;
        environment["DATABASE_URL"] = database_->url();
        Process process({"/bin/sh", "-c", "\"$0\" " + words, program_}, environment);
        return process.wait();
    }
};

TEST_F(Output, ThatCannotBeWrittenIsAnError) {
    for (std::string const command : {"status", "status --output json", "--help", "--version"}) {
        for (std::string const lost : {" > /dev/full", " >&-"}) {
            auto const done = shell(command + lost);
            EXPECT_EQ(done.exit_code, 1) << command << lost;
            EXPECT_NE(done.err.find("indexer: stdout: "), std::string::npos) << done.err;
        }
    }
}

TEST_F(Output, IsPrintedToNoConnectionThatTookThePlaceOfStdout) {
    auto const done = shell("migrate --status <&- >&- 2>&-");
    EXPECT_EQ(done.exit_code, 1);
    EXPECT_EQ(shell("status").exit_code, 0);
}

TEST_F(Output, EndsQuietlyWithWhoReadsIt) {
    auto const done = shell("dead-letters list | true; \"$0\" --help | head -n 1");
    EXPECT_EQ(done.exit_code, 0);
    EXPECT_EQ(done.err, "");
}

}  // namespace
}  // namespace indexer::test
