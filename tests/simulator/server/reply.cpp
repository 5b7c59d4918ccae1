#include "tests/simulator/server/reply.hpp"

namespace indexer::simulator {

std::size_t Reply::size() const noexcept {
    std::size_t sum = 0;
    for (std::string const& piece : pieces) sum += piece.size();
    return sum;
}

std::string& Reply::joined() {
    std::string all;
    all.reserve(size());
    for (std::string const& piece : pieces) all += piece;
    pieces.clear();
    return pieces.emplace_back(std::move(all));
}

}  // namespace indexer::simulator
