#include "observe/ping.hpp"

#include <sstream>

#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include "tests/support/http_server.hpp"

namespace indexer::observe {
namespace {

// What a ping logs.
class Ping : public ::testing::Test {
  protected:
    void SetUp() override {
        usual_ = spdlog::default_logger();
        spdlog::set_default_logger(std::make_shared<spdlog::logger>(
            "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log_)));
    }
    void TearDown() override { spdlog::set_default_logger(usual_); }

    std::string log_of(std::string const& url, std::stop_token stop = {}) {
        ping(base::Secret(url), stop);
        return log_.str();
    }

  private:
    std::ostringstream log_;
    std::shared_ptr<spdlog::logger> usual_;
};

TEST_F(Ping, IsOneRequest) {
    test::HttpServer server({test::answers(200, "OK")});
    EXPECT_EQ(log_of(server.url() + "/uuid"), "");
    EXPECT_EQ(server.requests(), 1U);
}

TEST_F(Ping, SaysWhenTheMonitorRefuses) {
    test::HttpServer server({test::answers(404, "unknown")});
    auto const log = log_of(server.url() + "/secret-uuid");
    EXPECT_NE(log.find("ping: " + server.url() + ": HTTP"), std::string::npos) << log;
    EXPECT_EQ(log.find("secret-uuid"), std::string::npos) << log;
}

TEST_F(Ping, SaysWhenNobodyListens) {
    auto const log = log_of("http://user:password@127.0.0.1:9/secret-uuid?key=secret");
    EXPECT_NE(log.find("ping: http://127.0.0.1:9: "), std::string::npos) << log;
    EXPECT_EQ(log.find("secret"), std::string::npos) << log;
}

TEST_F(Ping, TakesNoOtherProtocol) {
    EXPECT_NE(log_of("file:///etc/passwd").find("nsupported protocol"), std::string::npos);
}

TEST_F(Ping, HearsAStop) {
    test::HttpServer server({test::hang});
    std::stop_source stop;
    stop.request_stop();
    auto const started = std::chrono::steady_clock::now();
    EXPECT_NE(log_of(server.url(), stop.get_token()), "");
    EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(4));
}

}  // namespace
}  // namespace indexer::observe
