#include "rpc/http.hpp"

#include <future>
#include <thread>

#include <gtest/gtest.h>
#include <httplib.h>
#include <libdeflate.h>
#include <simdjson.h>

#include "base/error.hpp"
#include "tests/support/http_server.hpp"

namespace indexer::rpc {
namespace {

using namespace std::chrono_literals;
using test::answers;
using test::HttpServer;

base::MemoryBudget memory;  // without a limit

HttpOptions options(std::string const& url) {
    return {.url = base::Secret(url),
            .headers = {},
            .connect_timeout = 5s,
            .timeout = 20s,
            .max_response_bytes = 100'000,
            .gzip = true};
}

base::Error failure_of(HttpTransport& http, std::stop_token stop = {}) {
    try {
        (void)http.post("{}", stop);
    } catch (base::Error const& error) {
        return error;
    }
    return {base::Fault::internal, base::Recovery::never, "nothing thrown"};
}

std::string pack(std::string const& text) {
    auto* const compressor = libdeflate_alloc_compressor(6);
    std::string packed(libdeflate_gzip_compress_bound(compressor, text.size()), '\0');
    packed.resize(libdeflate_gzip_compress(compressor, text.data(), text.size(), packed.data(),
                                           packed.size()));
    libdeflate_free_compressor(compressor);
    return packed;
}

// The server packs JSON by itself, so this is called something else.
HttpServer::Step packed(std::string const& text) {
    return test::with_header("Content-Encoding", "gzip",
                             answers(200, pack(text), "application/octet-stream"));
}

// Sends `part` again and again, for ever.
HttpServer::Step endless(std::string const& part) {
    return [part](httplib::Request const&, httplib::Response& response) {
        response.set_chunked_content_provider("application/json",
                                              [part](std::size_t, httplib::DataSink& sink) {
                                                  return sink.write(part.data(), part.size());
                                              });
    };
}

// Promises more bytes than it sends.
HttpServer::Step cut(std::string const& part) {
    return [part](httplib::Request const&, httplib::Response& response) {
        response.set_content_provider(
            part.size() * 2, "application/json",
            [part](std::size_t offset, std::size_t, httplib::DataSink& sink) {
                return offset == 0 && sink.write(part.data(), part.size());
            });
    };
}

TEST(Http, PostsJsonAndReturnsTheBodyWithRoomToParse) {
    HttpServer server({answers(200, "0123456789")});
    HttpTransport http(options(server.url()), memory);
    auto const response = http.post(R"({"id":1})", {});
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.content_type, "application/json");
    EXPECT_EQ(*response.body, "0123456789");
    EXPECT_GE(response.body->capacity(), response.body->size() + simdjson::SIMDJSON_PADDING);
    EXPECT_EQ(server.bodies().at(0), R"({"id":1})");
}

TEST(Http, AnEmptyBodyIsAnAnswer) {
    HttpServer server({answers(200, "")});
    HttpTransport http(options(server.url()), memory);
    EXPECT_EQ(*http.post("{}", {}).body, "");
}

TEST(Http, ReadsWhatTheServerSaysAboutLimits) {
    HttpServer server({test::with_header(
        "Retry-After", "7",
        test::with_header("X-RateLimit-Method-Remaining", "3", answers(429, "{}")))});
    HttpTransport http(options(server.url()), memory);
    auto const response = http.post("{}", {});
    EXPECT_EQ(response.status, 429);
    EXPECT_EQ(response.retry_after, 7s);
    EXPECT_EQ(response.rate_limits.at("x-ratelimit-method-remaining"), "3");
}

TEST(Http, UnpacksGzip) {
    HttpServer server({packed(std::string(50'000, 'x'))});
    HttpTransport http(options(server.url()), memory);
    auto const response = http.post("{}", {});
    EXPECT_TRUE(*response.body == std::string(50'000, 'x'));
    EXPECT_GE(response.body->capacity(), response.body->size() + simdjson::SIMDJSON_PADDING);
}

TEST(Http, PutsAnAnswerWhereAnEarlierOneWas) {
    for (auto const& answer : {answers(200, std::string(50'000, 'x')), packed("y")}) {
        HttpServer server({answer, answer});
        HttpTransport http(options(server.url()), memory);
        char const* const first = http.post("{}", {}).body->data();
        EXPECT_EQ(http.post("{}", {}).body->data(), first);
    }
}

TEST(Http, KeepsAnAnswerThatIsStillReadFromALaterOne) {
    HttpServer server({answers(200, "first"), answers(200, "second")});
    HttpTransport http(options(server.url()), memory);
    auto const first = http.post("{}", {});
    auto const second = http.post("{}", {});
    EXPECT_EQ(*first.body, "first");
    EXPECT_EQ(*second.body, "second");
}

TEST(Http, AsksForGzipOnlyWhenTold) {
    HttpServer server({answers(200, "{}")});
    auto wanted = options(server.url());
    (void)HttpTransport(wanted, memory).post("{}", {});
    EXPECT_EQ(server.header("Accept-Encoding"), "gzip");
    wanted.gzip = false;
    (void)HttpTransport(wanted, memory).post("{}", {});
    EXPECT_EQ(server.header("Accept-Encoding"), "");
}

TEST(Http, RefusesAGzipBomb) {
    std::string bomb;
    bomb.resize(10'000'000, 'x');
    HttpServer server({packed(bomb)});
    HttpTransport http(options(server.url()), memory);
    EXPECT_STREQ(failure_of(http).what(),
                 "answer of more than 100000 bytes, the most by --max-response-size");
}

TEST(Http, GivesUpOnAnEndlessBody) {
    HttpServer server({endless(std::string(1000, 'x'))});
    HttpTransport http(options(server.url()), memory);
    EXPECT_STREQ(failure_of(http).what(),
                 "answer of more than 100000 bytes, the most by --max-response-size");
}

TEST(Http, RefusesALongBodyByItsAnnouncement) {
    HttpServer server({answers(200, std::string(100'001, 'x'))});
    auto plain = options(server.url());
    plain.gzip = false;
    HttpTransport http(plain, memory);
    EXPECT_STREQ(failure_of(http).what(),
                 "answer of more than 100000 bytes, the most by --max-response-size");
}

TEST(Http, NoticesABodyThatIsCut) {
    HttpServer server({cut("half of it")});
    HttpTransport http(options(server.url()), memory);
    auto const error = failure_of(http);
    EXPECT_EQ(error.fault(), base::Fault::endpoint);
    EXPECT_EQ(error.recovery(), base::Recovery::retry_elsewhere);
}

TEST(Http, TimesOut) {
    HttpServer server({test::hang});
    auto impatient = options(server.url());
    impatient.timeout = 50ms;
    HttpTransport http(impatient, memory);
    EXPECT_STREQ(failure_of(http).what(), "timeout after 50 ms");
}

TEST(Http, AStopEndsTheWaitAtOnce) {
    HttpServer server({test::hang});
    HttpTransport http(options(server.url()), memory);
    std::stop_source stop;
    auto waiting =
        std::async(std::launch::async, [&] { return failure_of(http, stop.get_token()); });
    server.wait_for_requests(1);
    auto const before = std::chrono::steady_clock::now();
    stop.request_stop();
    EXPECT_EQ(waiting.get().fault(), base::Fault::stopped);
    EXPECT_LT(std::chrono::steady_clock::now() - before, 100ms);
}

TEST(Http, AStopBeforehandSendsNothing) {
    HttpServer server({answers(200, "{}")});
    HttpTransport http(options(server.url()), memory);
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(failure_of(http, stop.get_token()).fault(), base::Fault::stopped);
    EXPECT_EQ(server.requests(), 0U);
}

TEST(Http, KeepsItsConnection) {
    HttpServer server({answers(200, "{}"), answers(500, "{}"), packed("{}"), answers(200, "{}")});
    HttpTransport http(options(server.url()), memory);
    for (int i = 0; i < 5; ++i) (void)http.post("{}", {});
    EXPECT_EQ(server.requests(), 5U);
    EXPECT_EQ(server.connections(), 1U);
}

TEST(Http, ServesThreadsAtOnce) {
    constexpr int kThreads = 4;
    constexpr int kCalls = 25;
    HttpServer server({answers(200, "{}")});
    HttpTransport http(options(server.url()), memory);
    std::atomic<long> served = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < kThreads; ++i) {
            threads.emplace_back([&] {
                for (int call = 0; call < kCalls; ++call) served += http.post("{}", {}).status;
            });
        }
    }
    EXPECT_EQ(served, 200 * kThreads * kCalls);
    EXPECT_LE(server.connections(), std::size_t{kThreads});
}

TEST(Http, NoticesThatNobodyListens) {
    std::string url;
    {
        HttpServer server({answers(200, "{}")});
        url = server.url();
    }
    HttpTransport http(options(url), memory);
    auto const error = failure_of(http);
    EXPECT_EQ(error.recovery(), base::Recovery::retry_elsewhere);
    EXPECT_STREQ(error.what(), "couldn't connect to server");
}

TEST(Http, RefusesUrlsItCannotUse) {
    for (auto const* url : {"", "nonsense", "ftp://host/", "file:///etc/passwd", "http://",
                            "https://host:99999/", "ws://host"}) {
        try {
            HttpTransport const http(options(url), memory);
            ADD_FAILURE() << url;
        } catch (base::Error const& error) {
            EXPECT_EQ(error.fault(), base::Fault::usage) << url;
        }
    }
}

}  // namespace
}  // namespace indexer::rpc
