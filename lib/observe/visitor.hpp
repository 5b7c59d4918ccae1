#pragma once

#include <functional>
#include <string>
#include <utility>

#include "base/clock.hpp"
#include "base/descriptor.hpp"
#include "observe/http_request.hpp"

namespace indexer::observe {

// One client of the HTTP server: asks once, is answered once, and has a time for both.
//
//   asking --the request is whole--> answered --all is sent--> leaving --it closes--> gone
//      any of them --its time is up, or the connection breaks--> gone
//
// Never waits: move() is to be called when its socket is ready for what events() tells. One thread.
class Visitor {
  public:
    // The whole answer to a request; to none when the request is none.
    using Answer = std::function<std::string(HttpRequest const*)>;

    Visitor(base::Descriptor socket, base::Clock::TimePoint ends) noexcept
        : socket_(std::move(socket)), ends_(ends) {}

    [[nodiscard]] int socket() const noexcept { return socket_.number(); }
    // As poll(2) has them.
    [[nodiscard]] short events() const noexcept;
    [[nodiscard]] base::Clock::TimePoint ends() const noexcept { return ends_; }
    [[nodiscard]] bool gone() const noexcept { return state_ == State::gone; }
    [[nodiscard]] bool asking() const noexcept { return state_ == State::asking; }

    void move(Answer const& answer);

  private:
    enum class State { asking, answered, leaving, gone };

    // False when there is nothing to read now, or no more at all.
    [[nodiscard]] bool read_some();
    void take_request(Answer const& answer);
    void send_some();

    base::Descriptor socket_;
    base::Clock::TimePoint ends_;
    State state_ = State::asking;
    std::string received_;
    std::string to_send_;
};

}  // namespace indexer::observe
