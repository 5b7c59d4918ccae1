#include "tests/simulator/server/node.hpp"

#include "tests/simulator/server/expectation.hpp"
#include "tests/simulator/server/methods.hpp"

namespace indexer::simulator {

Node::Node(History const& history, NodeOptions const& options, base::Clock const& clock)
    : history_(history),
      genesis_hash_(options.genesis_hash),
      last_of_tower_(options.last_of_tower),
      window_(history, options.window, clock) {
}

Answer Node::answer(Call const& call, Orders const& orders) const {
    return answer_by_method(*this, call, orders);
}

std::string Node::expectation(SlotSpan span) const {
    return simulator::expectation(history_, span);
}

}  // namespace indexer::simulator
