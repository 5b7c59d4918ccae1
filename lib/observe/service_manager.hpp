#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "observe/health.hpp"

namespace indexer::observe {

// Tells the service manager, if one started this process, how it fares. The protocol is that of
// sd_notify(3): lines "NAME=value" as one datagram to the socket $NOTIFY_SOCKET names, '@' first
// for the abstract namespace. Never waits; a message that cannot be sent is dropped.
class ServiceManager {
  public:
    // How it is reached, and how often it wants to hear that the service is alive.
    struct Contact {
        std::string socket;  // empty: there is none
        std::optional<base::Clock::Duration> watchdog;
    };
    // From $NOTIFY_SOCKET, $WATCHDOG_USEC and $WATCHDOG_PID.
    [[nodiscard]] static Contact contact_from_environment();

    explicit ServiceManager(Contact contact) : contact_(std::move(contact)) {}

    // Whether there is one.
    [[nodiscard]] bool known() const noexcept { return !contact_.socket.empty(); }
    [[nodiscard]] std::optional<base::Clock::Duration> watchdog() const noexcept {
        return contact_.watchdog;
    }

    void ready() const { send("READY=1"); }
    void stopping() const { send("STOPPING=1"); }
    // Shows how the run stands, and feeds the watchdog as long as the run gets on.
    void report(Standing const& standing) const;

  private:
    void send(std::string_view message) const;

    Contact const contact_;
};

}  // namespace indexer::observe
