#include <cstdlib>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/places.hpp"
#include "tests/world/process.hpp"

// What is shipped for those who run the program, read by the programs that will read it.
namespace indexer::test {
namespace {

std::string const scripts = std::string(INDEXER_SOURCE_DIR) + "/scripts/";

Finished shell(std::string const& command) {
    return run_program({"/bin/sh", "-c", command});
}

bool is_installed(std::string const& program) {
    return shell("command -v " + program).exit_code == 0;
}

TEST(Operations, SystemdUnderstandsTheUnits) {
    if (!is_installed("systemd-analyze")) GTEST_SKIP() << "systemd-analyze is not installed";
    // The units name the program where it is installed, which is not where tests are run.
    auto const checked =
        shell("units=$(mktemp -d) && cp " + scripts +
              "systemd/* \"$units\" && "
              "sed -i 's|^ExecStart=/usr/local/bin/indexer |ExecStart=" INDEXER_PROGRAM
              " |' "
              "\"$units\"/*.service && systemd-analyze verify --man=no \"$units\"/indexer-* 2>&1; "
              "code=$?; rm -r \"$units\"; exit $code");
    EXPECT_EQ(checked.exit_code, 0) << checked.out;
    EXPECT_EQ(checked.out.find("indexer-"), std::string::npos) << checked.out;
}

TEST(Operations, PrometheusUnderstandsTheAlerts) {
    if (!is_installed("promtool")) GTEST_SKIP() << "promtool (package prometheus) is not installed";
    auto const checked = shell("promtool check rules " + scripts + "monitoring/alerts.yml 2>&1");
    EXPECT_EQ(checked.exit_code, 0) << checked.out;
}

}  // namespace
}  // namespace indexer::test
