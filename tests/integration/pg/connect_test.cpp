#include <future>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/integration/pg/pg_test.hpp"

namespace indexer::pg {
namespace {

using base::Fault;
using std::chrono::milliseconds;

// A loopback port that takes connections and never says a word; closed, nobody listens there.
class SilentPort {
  public:
    SilentPort() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* const generic = reinterpret_cast<sockaddr*>(&address);
        socklen_t size = sizeof address;
        EXPECT_EQ(::bind(socket_, generic, size), 0);
        EXPECT_EQ(::listen(socket_, 8), 0);
        EXPECT_EQ(::getsockname(socket_, generic, &size), 0);
        port_ = ntohs(address.sin_port);
    }
    SilentPort(SilentPort const&) = delete;
    SilentPort& operator=(SilentPort const&) = delete;
    ~SilentPort() { ::close(socket_); }

    std::string url() const {
        return "postgresql://ada:sesame@127.0.0.1:" + std::to_string(port_) + "/test";
    }

  private:
    int socket_;
    unsigned port_ = 0;
};

std::optional<base::Error> refusal(ConnectionOptions const& options, std::stop_token stop = {}) {
    return thrown_by<base::Error>([&] { Connection::open(options, stop); });
}

void expect_no_secret(base::Error const& error) {
    for (std::string const& text : {std::string(error.what()), error.hint()}) {
        EXPECT_EQ(text.find("sesame"), std::string::npos) << text;
        EXPECT_EQ(text.find("ada"), std::string::npos) << text;
    }
}

TEST(Connect, SaysThatNobodyListens) {
    std::string url;
    {
        SilentPort const closed;
        url = closed.url();
    }
    auto const error = refusal(test::connection_options(url));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->fault(), Fault::database);
    EXPECT_EQ(error->recovery(), base::Recovery::retry_elsewhere);
    EXPECT_NE(std::string(error->what()).find("Connection refused"), std::string::npos)
        << error->what();
    EXPECT_FALSE(error->hint().empty());
    expect_no_secret(*error);
}

TEST(Connect, GivesUpOnAServerThatDoesNotAnswer) {
    SilentPort const silent;
    auto options = test::connection_options(silent.url());
    options.connect_timeout = milliseconds(100);
    auto const error = refusal(options);
    ASSERT_TRUE(error);
    EXPECT_STREQ(error->what(), "database: 127.0.0.1 does not answer");
    EXPECT_EQ(error->fault(), Fault::database);
}

TEST(Connect, HearsAStopWhileTheServerDoesNotAnswer) {
    SilentPort const silent;
    std::stop_source stop;
    auto connecting = std::async(std::launch::async, [&] {
        return refusal(test::connection_options(silent.url()), stop.get_token());
    });
    stop.request_stop();
    auto const error = connecting.get();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->fault(), Fault::stopped);
}

TEST(Connect, GoesOnToTheNextHost) {
    std::string closed;
    {
        SilentPort const closing;
        closed = closing.url();
    }
    auto const error = refusal(test::connection_options(closed + "?host=127.0.0.1,127.0.0.1"));
    ASSERT_TRUE(error);
    EXPECT_NE(std::string(error->what()).find("; "), std::string::npos) << error->what();
}

TEST(Connect, NeverQuotesAUrlItCannotRead) {
    for (char const* const url :
         {"postgresql://ada:ses@me@sesame/test", "postgresql://ada:se/sesame@host/test",
          "postgresql://ada:%zzsesame@host/test", "host=h user=ada password=x sesame", "sesame",
          "postgresql://ada:sesame@host:port:5/test"}) {
        auto const error = refusal(test::connection_options(url));
        ASSERT_TRUE(error) << url;
        expect_no_secret(*error);
        EXPECT_FALSE(error->hint().empty());
    }
}

TEST(Connect, NamesWhatAUrlHasForOtherPrograms) {
    auto const error = refusal(test::connection_options(
        "postgresql://ada:sesame@h/test?schema=public&sslmode=disable&connection_limit=1"));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->fault(), Fault::usage);
    EXPECT_STREQ(error->what(),
                 "database: the URL has what PostgreSQL does not know: schema, connection_limit");
}

// Of a password that is not encoded, a part may look like a parameter.
TEST(Connect, NamesNothingThatMayBePartOfAPassword) {
    for (char const* const url : {"postgresql://ada:se@same?sesame=1@h/test",
                                  "postgresql://ada:x?sesame=1@h/test?schema=public"}) {
        auto const error = refusal(test::connection_options(url));
        ASSERT_TRUE(error) << url;
        expect_no_secret(*error);
    }
}

TEST(Connect, ExplainsAPercentSign) {
    auto const error = refusal(test::connection_options("postgresql://ada:se%same@h/test"));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->fault(), Fault::usage);
    EXPECT_EQ(error->hint(), "write % as %25: in a URL it begins the code of a character");
}

class RefusedTest : public PgTest {
  protected:
    // The URL of the test's database for another role.
    std::string url_as(std::string const& user, std::string const& password) const {
        return database_->url() + "&user=" + user + "&password=" + password;
    }
};

TEST_F(RefusedTest, AWrongPasswordIsNotShown) {
    auto const error = refusal(test::connection_options(url_as("ada", "sesame")));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->fault(), Fault::database);
    EXPECT_EQ(error->recovery(), base::Recovery::never);
    EXPECT_NE(std::string(error->what()).find("password authentication failed"), std::string::npos)
        << error->what();
    EXPECT_NE(error->hint().find("password"), std::string::npos);
    expect_no_secret(*error);
}

TEST_F(RefusedTest, AMissingPasswordIsNotRetried) {
    auto const error = refusal(test::connection_options(database_->url() + "&user=ada"));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->recovery(), base::Recovery::never);
    expect_no_secret(*error);
}

TEST_F(RefusedTest, AMissingDatabaseIsNotRetried) {
    auto const error = refusal(test::connection_options(database_->url() + "&dbname=nowhere"));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->fault(), Fault::database);
    EXPECT_EQ(error->recovery(), base::Recovery::never);
    EXPECT_NE(std::string(error->what()).find("database \"nowhere\" does not exist"),
              std::string::npos)
        << error->what();
    EXPECT_NE(error->hint().find("createdb"), std::string::npos);
}

TEST_F(RefusedTest, AFailingSetUpIsReported) {
    auto wanted = options();
    wanted.session_setup = "select nothing of this kind";
    auto const error = thrown_by([&] { Connection::open(wanted, {}); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->sqlstate(), "42601");
}

}  // namespace
}  // namespace indexer::pg
