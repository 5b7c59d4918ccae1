#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "tests/simulator/server/json_rpc.hpp"
#include "tests/simulator/server/orders.hpp"

namespace indexer::simulator {

// What clients did, for tests to assert on. Safe for concurrent use.
class Stats {
  public:
    void connection_opened();
    void connection_closed();

    void call_began(Call const& call, Orders const& orders);
    void call_ended(Answer const& answer);
    void limited();

    void replied(std::size_t bytes);

    // All of it as one JSON object.
    [[nodiscard]] std::string json() const;

  private:
    using Counts = std::map<std::string, std::uint64_t, std::less<>>;

    // How many there are now and how many there ever were at a time.
    struct Level {
        std::uint64_t total = 0;
        std::uint64_t now = 0;
        std::uint64_t peak = 0;

        void rise() noexcept;
    };

    mutable std::mutex mutex_;
    Level connections_;
    Level calls_;
    Counts methods_;
    Counts answers_;  // "result", or the error's code
    Counts faults_;
    std::map<Slot, std::uint64_t> blocks_;  // calls of getBlock by slot
    std::uint64_t replies_ = 0;
    std::uint64_t bytes_ = 0;
    std::uint64_t limited_ = 0;
};

}  // namespace indexer::simulator
