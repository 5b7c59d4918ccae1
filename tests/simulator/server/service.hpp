#pragma once

#include <optional>
#include <string>

#include "tests/simulator/server/json_rpc.hpp"
#include "tests/simulator/server/orders.hpp"
#include "tests/simulator/server/window.hpp"

namespace indexer::simulator {

// What a node of one chain answers. Safe for concurrent use.
class Service {
  public:
    Service() = default;
    Service(Service const&) = delete;
    Service& operator=(Service const&) = delete;
    virtual ~Service() = default;

    // One call, as a node of the chain answers it, limits and messages included.
    [[nodiscard]] virtual Answer answer(Call const& call, Orders const& orders) const = 0;

    // A file of the chain's that a web server offers below /lake/; nothing when there is none.
    [[nodiscard]] virtual std::optional<std::string> object(std::string const& /*key*/,
                                                            Orders const& /*orders*/) const {
        return std::nullopt;
    }

    // What a part of the chain holds, as one JSON object of sums, for tests and benchmarks to
    // compare with what a client made of it. Every block is read, so it takes as long as serving.
    [[nodiscard]] virtual std::string expectation(SlotSpan span) const = 0;

    [[nodiscard]] virtual Window& window() noexcept = 0;
};

}  // namespace indexer::simulator
