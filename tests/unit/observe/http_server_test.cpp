#include "observe/http_server.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <httplib.h>

#include "base/error.hpp"

namespace indexer::observe {
namespace {

using namespace std::chrono_literals;

std::map<std::string, HttpServer::MakePage> two_pages() {
    return {{"/good",
             [] {
                 return Page{200, "text/plain", "fine"};
             }},
            {"/bad", [] {
                 return Page{503, "application/json", "{}"};
             }}};
}

class HttpServerTest : public ::testing::Test {
  protected:
    [[nodiscard]] int port() const {
        return std::stoi(server_->url().substr(server_->url().rfind(':') + 1));
    }
    // A connection that says `text` and no more.
    [[nodiscard]] int connect_and_say(std::string const& text) const {
        auto const socket = ::socket(AF_INET, SOCK_STREAM, 0);
        ::sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port()));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::connect(socket, reinterpret_cast<::sockaddr*>(&address), sizeof address), 0);
        EXPECT_EQ(::send(socket, text.data(), text.size(), 0), static_cast<ssize_t>(text.size()));
        return socket;
    }

    std::optional<HttpServer> server_{std::in_place, "127.0.0.1:0", two_pages()};
};

TEST_F(HttpServerTest, ServesItsPagesAndNothingElse) {
    httplib::Client client(server_->url());
    auto const good = client.Get("/good");
    ASSERT_TRUE(good);
    EXPECT_EQ(good->status, 200);
    EXPECT_EQ(good->body, "fine");
    EXPECT_EQ(good->get_header_value("Content-Type"), "text/plain");
    EXPECT_EQ(client.Get("/bad")->status, 503);
    EXPECT_EQ(client.Get("/bad")->body, "{}");
    for (auto const* const path : {"/", "/goods", "/good/", "/../good", "/favicon.ico"}) {
        EXPECT_EQ(client.Get(path)->status, 404) << path;
    }
    EXPECT_EQ(client.Post("/good")->status, 404);
    EXPECT_EQ(client.Head("/good")->status, 200);
    EXPECT_EQ(client.Head("/good")->body, "");
}

TEST_F(HttpServerTest, RefusesAPortThatIsTaken) {
    auto const address = server_->url().substr(std::string("http://").size());
    try {
        HttpServer const second(address, two_pages());
        FAIL() << "both listen on " << address;
    } catch (base::Error const& error) {
        EXPECT_EQ(error.fault(), base::Fault::usage);
        EXPECT_EQ(std::string(error.what()),
                  "metrics: cannot listen on " + address + ": Address already in use");
    }
}

TEST_F(HttpServerTest, ThePortIsFreeAgainAtOnce) {
    auto const address = server_->url().substr(std::string("http://").size());
    EXPECT_EQ(httplib::Client(server_->url()).Get("/good")->status, 200);
    server_.reset();
    server_.emplace(address, two_pages());
    EXPECT_EQ(httplib::Client(server_->url()).Get("/good")->status, 200);
}

TEST_F(HttpServerTest, ClientsThatDawdleCannotHoldItUp) {
    auto const silent = connect_and_say("");
    auto const dawdling = connect_and_say("GET /good HTTP/1.1\r\nHost: ");
    httplib::Client kept(server_->url());
    kept.set_keep_alive(true);
    EXPECT_EQ(kept.Get("/good")->status, 200);
    auto const started = std::chrono::steady_clock::now();
    server_.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - started, 4s);
    ::close(silent);
    ::close(dawdling);
}

TEST_F(HttpServerTest, AnswersAtOnceHoweverManyStayHalfOpen) {
    std::vector<int> silent;
    for (int i = 0; i < 500; ++i) {
        silent.push_back(connect_and_say(i % 2 == 0 ? "" : "GET /good HTTP/1.1\r\nX: "));
    }
    for (int i = 0; i < 20; ++i) {
        auto const good = httplib::Client(server_->url()).Get("/good");
        ASSERT_TRUE(good);
        EXPECT_EQ(good->status, 200);
    }
    for (int const socket : silent) ::close(socket);
}

TEST_F(HttpServerTest, EndsWhatIsNoRequest) {
    for (auto const& text :
         {std::string("hello\r\n\r\n"), "GET /good HTTP/1.1" + std::string(9'000, 'a'),
          std::string("GET good HTTP/1.1\r\n\r\n")}) {
        auto const socket = connect_and_say(text);
        std::string answer(12, ' ');
        EXPECT_EQ(::recv(socket, answer.data(), answer.size(), MSG_WAITALL), 12);
        EXPECT_EQ(answer, "HTTP/1.1 400");
        ::close(socket);
    }
}

TEST(HttpServerAddress, MustBeOne) {
    for (auto const* const address :
         {"", ":", ":9464", "9464", "127.0.0.1", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:65536",
          "127.0.0.1:-1", "127.0.0.1:1 ", "not a host:1", "host.invalid:1"}) {
        try {
            HttpServer const server(address, two_pages());
            ADD_FAILURE() << "listens on " << address;
        } catch (base::Error const& error) {
            EXPECT_EQ(error.fault(), base::Fault::usage) << error.what();
            EXPECT_FALSE(error.hint().empty());
        }
    }
}

TEST(HttpServerAddress, MayBeNamedOrIpv6) {
    EXPECT_TRUE(HttpServer("localhost:0", two_pages()).url().starts_with("http://localhost:"));
    try {
        HttpServer const server("[::1]:0", two_pages());
        EXPECT_TRUE(server.url().starts_with("http://[::1]:")) << server.url();
        EXPECT_EQ(httplib::Client(server.url()).Get("/good")->status, 200);
    } catch (base::Error const& error) {
        GTEST_SKIP() << "no IPv6 here: " << error.what();
    }
}

}  // namespace
}  // namespace indexer::observe
