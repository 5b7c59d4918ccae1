#include "observe/metrics_file.hpp"

#include <fstream>
#include <iterator>
#include <optional>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/error.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/temp_folder.hpp"

namespace indexer::observe {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

class MetricsFileTest : public ::testing::Test {
  protected:
    [[nodiscard]] fs::path file() const { return folder_.path() / "indexer.prom"; }
    [[nodiscard]] std::string content() const {
        std::ifstream in(file());
        return {std::istreambuf_iterator<char>(in), {}};
    }
    [[nodiscard]] std::ptrdiff_t files() const {
        return std::distance(fs::directory_iterator(folder_.path()), {});
    }
    void start() { start(file()); }
    void start(fs::path const& file) {
        written_.emplace(
            file, [this] { return std::to_string(++texts_) + "\n"; }, 15s, clock_);
    }
    // Returns when what is due after an interval is done.
    void pass_interval() {
        clock_.wait_for_sleeps(++intervals_);
        clock_.advance(15s);
        clock_.wait_for_sleeps(intervals_ + 1);
    }

    test::TempFolder const folder_;
    test::FakeClock clock_{test::FakeClock::Sleeping::waits};
    int texts_ = 0;
    std::size_t intervals_ = 0;
    std::optional<MetricsFile> written_;
};

TEST_F(MetricsFileTest, IsWrittenAtOnceAtEveryIntervalAndAtTheEnd) {
    start();
    EXPECT_EQ(content(), "1\n");
    pass_interval();
    EXPECT_EQ(content(), "2\n");
    pass_interval();
    EXPECT_EQ(content(), "3\n");
    written_.reset();
    EXPECT_EQ(content(), "4\n");
    EXPECT_EQ(files(), 1) << "a draft is left";
}

TEST_F(MetricsFileTest, ReplacesRegularFilesOnly) {
    auto const pipe = folder_.path() / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    fs::create_symlink("target", folder_.path() / "link");
    for (fs::path const& file : {fs::path("/dev/null"), pipe, folder_.path() / "link"}) {
        try {
            start(file);
            FAIL() << "wrote " << file;
        } catch (base::Error const& error) {
            EXPECT_EQ(error.fault(), base::Fault::usage);
            EXPECT_NE(std::string(error.what()).find("not a regular file"), std::string::npos);
        }
    }
    EXPECT_TRUE(fs::is_fifo(pipe));
    EXPECT_TRUE(fs::is_symlink(folder_.path() / "link"));
    EXPECT_EQ(files(), 2);
}

TEST_F(MetricsFileTest, ReplacesTheFileAsAWhole) {
    start();
    std::ifstream reading(file());
    written_.reset();
    std::string seen;
    reading >> seen;
    EXPECT_EQ(seen, "1") << "what a collector has open does not change";
    EXPECT_EQ(content(), "2\n");
}

TEST_F(MetricsFileTest, RefusesAFileThatCannotBeWritten) {
    auto const missing = folder_.path() / "missing" / "indexer.prom";
    try {
        start(missing);
        FAIL() << "wrote " << missing;
    } catch (base::Error const& error) {
        EXPECT_EQ(error.fault(), base::Fault::usage);
        EXPECT_EQ(std::string(error.what()),
                  "metrics: " + missing.string() + ": No such file or directory");
    }
}

TEST_F(MetricsFileTest, SurvivesAFolderThatGoesAwayAndComesBack) {
    start();
    fs::remove_all(folder_.path());
    pass_interval();
    EXPECT_FALSE(fs::exists(file()));
    fs::create_directories(folder_.path());
    pass_interval();
    EXPECT_EQ(content(), "3\n");
}

}  // namespace
}  // namespace indexer::observe
