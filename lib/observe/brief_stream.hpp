#pragma once

#include <array>

#include <httplib.h>

#include "base/clock.hpp"

namespace indexer::observe {

// A client's socket, owned, whose whole use must fit into a time: httplib's own streams bound each
// read by itself, so that a client sending a byte a second would never end. For one thread.
class BriefStream final : public httplib::Stream {
  public:
    BriefStream(socket_t socket, base::Clock::Duration time);
    BriefStream(BriefStream const&) = delete;
    BriefStream& operator=(BriefStream const&) = delete;
    ~BriefStream() override;

    // These wait for the client, and are false when the time is up.
    [[nodiscard]] bool is_readable() const override;
    [[nodiscard]] bool is_writable() const override;
    // -1 when the time is up.
    ssize_t read(char* to, std::size_t size) override;
    ssize_t write(char const* from, std::size_t size) override;
    // Nobody asks for these.
    void get_remote_ip_and_port(std::string& ip, int& port) const override;
    void get_local_ip_and_port(std::string& ip, int& port) const override;
    [[nodiscard]] socket_t socket() const override { return socket_; }

  private:
    [[nodiscard]] bool wait(short events) const;

    socket_t socket_;
    base::Clock::TimePoint ends_;
};

}  // namespace indexer::observe
