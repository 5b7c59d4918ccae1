#include "observe/service_manager.hpp"

#include <array>
#include <cstdlib>
#include <cstring>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace indexer::observe {
namespace {

using namespace std::chrono_literals;

// The service manager's end of the protocol, in the abstract namespace.
class Listener {
  public:
    Listener() : name_("@indexer-test-" + std::to_string(::getpid())) {
        ::sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path + 1, name_.data() + 1, name_.size() - 1);
        auto const size = offsetof(::sockaddr_un, sun_path) + name_.size();
        EXPECT_EQ(::bind(socket_, reinterpret_cast<::sockaddr*>(&address),
                         static_cast<::socklen_t>(size)),
                  0);
    }
    ~Listener() { ::close(socket_); }

    [[nodiscard]] std::string const& name() const noexcept { return name_; }
    // The next datagram that is already here; empty when none is.
    [[nodiscard]] std::string received() const {
        std::array<char, 512> bytes{};
        auto const size = ::recv(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT);
        return size < 0 ? std::string() : std::string(bytes.data(), static_cast<std::size_t>(size));
    }

  private:
    std::string name_;
    int socket_ = ::socket(AF_UNIX, SOCK_DGRAM, 0);
};

Standing well() {
    Standing standing;
    standing.vitals = Vitals{.missing = 3};
    standing.database_reachable = standing.breaker_closed = true;
    standing.progressing = standing.healthy = true;
    return standing;
}

TEST(ServiceManager, HearsOfTheBeginningAndTheEnd) {
    Listener const listener;
    ServiceManager const manager({listener.name(), {}});
    manager.ready();
    EXPECT_EQ(listener.received(), "READY=1");
    manager.stopping();
    EXPECT_EQ(listener.received(), "STOPPING=1");
    EXPECT_EQ(listener.received(), "");
}

TEST(ServiceManager, IsFedWhileTheRunGetsOn) {
    Listener const listener;
    ServiceManager const manager({listener.name(), {}});
    auto standing = well();
    standing.lag = 2;
    manager.report(standing);
    EXPECT_EQ(listener.received(), "STATUS=healthy; 3 missing, 0 holes, lag 2\nWATCHDOG=1");
}

// An outage of the database or the endpoints alone is nothing that a restart mends.
TEST(ServiceManager, IsFedByProgressOnly) {
    Listener const listener;
    ServiceManager const manager({listener.name(), {}});
    auto standing = well();
    standing.healthy = standing.database_reachable = false;
    manager.report(standing);
    EXPECT_EQ(listener.received(),
              "STATUS=the database does not answer; 3 missing, 0 holes\nWATCHDOG=1");
    standing = well();
    standing.healthy = standing.progressing = false;
    manager.report(standing);
    EXPECT_EQ(listener.received(), "STATUS=nothing new is proven; 3 missing, 0 holes");
}

TEST(ServiceManager, IsSpokenToInVainWithoutHarm) {
    ServiceManager({}).ready();
    ServiceManager({"/nowhere/notify", {}}).ready();
    ServiceManager({std::string(500, 'x'), {}}).ready();
}

class ServiceEnvironment : public ::testing::Test {
  protected:
    void TearDown() override {
        for (auto const* const name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"}) {
            ::unsetenv(name);
        }
    }
    static void set(char const* name, std::string const& value) {
        ::setenv(name, value.c_str(), 1);
    }
};

TEST_F(ServiceEnvironment, NamesSocketAndWatchdog) {
    EXPECT_EQ(ServiceManager::contact_from_environment().socket, "");
    EXPECT_FALSE(ServiceManager::contact_from_environment().watchdog);
    set("NOTIFY_SOCKET", "/run/systemd/notify");
    set("WATCHDOG_USEC", "30000000");
    EXPECT_EQ(ServiceManager::contact_from_environment().socket, "/run/systemd/notify");
    EXPECT_EQ(ServiceManager::contact_from_environment().watchdog, 30s);
    set("WATCHDOG_PID", std::to_string(::getpid()));
    EXPECT_EQ(ServiceManager::contact_from_environment().watchdog, 30s);
}

TEST_F(ServiceEnvironment, MayMeanAnotherProcess) {
    set("WATCHDOG_USEC", "30000000");
    set("WATCHDOG_PID", std::to_string(::getppid()));
    EXPECT_FALSE(ServiceManager::contact_from_environment().watchdog);
}

TEST_F(ServiceEnvironment, MayBeNonsense) {
    for (auto const* const value : {"", "0", "-5", "soon"}) {
        set("WATCHDOG_USEC", value);
        EXPECT_FALSE(ServiceManager::contact_from_environment().watchdog) << value;
    }
}

}  // namespace
}  // namespace indexer::observe
