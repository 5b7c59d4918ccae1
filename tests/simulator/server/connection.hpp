#pragma once

#include <array>

#include <httplib.h>

#include "tests/simulator/server/stop.hpp"

namespace indexer::simulator {

// A client's socket, owned. httplib's own stream asks select() before every read and write and
// hides the socket; this one asks only when it has to, hears a stop at any time, and can be reset.
// For one thread.
class Connection final : public httplib::Stream {
  public:
    Connection(int socket, StopSignal const& stop);
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;
    ~Connection() override;

    // The connection the calling thread is serving; httplib does not hand it to its handlers.
    [[nodiscard]] static Connection& current() noexcept { return *of_this_thread; }

    // False when the client is gone, or a stop came first.
    [[nodiscard]] bool wait_readable();

    // Makes closing send RST, as a crashed proxy does, instead of an orderly FIN.
    void reset_on_close() noexcept;

    // Returns when the client is gone or a stop comes.
    void wait_for_end();

    [[nodiscard]] bool is_readable() const override { return true; }
    [[nodiscard]] bool is_writable() const override { return true; }
    ssize_t read(char* to, std::size_t size) override;
    ssize_t write(char const* from, std::size_t size) override;
    void get_remote_ip_and_port(std::string& ip, int& port) const override;
    void get_local_ip_and_port(std::string& ip, int& port) const override;
    [[nodiscard]] socket_t socket() const override { return socket_; }

  private:
    [[nodiscard]] bool wait(short events) const;

    static thread_local Connection* of_this_thread;

    int socket_;
    StopSignal const& stop_;
    std::array<char, 16384> buffer_{};
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

}  // namespace indexer::simulator
