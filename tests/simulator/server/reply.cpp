#include "tests/simulator/server/reply.hpp"

namespace indexer::simulator {

std::size_t Reply::size() const noexcept {
    std::size_t sum = 0;
    for (Text const& piece : pieces) sum += piece.size();
    return sum;
}

std::string Reply::body() const {
    std::string all;
    all.reserve(size());
    for (Text const& piece : pieces) all += piece.str();
    return all;
}

}  // namespace indexer::simulator
