#include "tests/simulator/history/text.hpp"

namespace indexer::simulator {

Text::Text(std::string whole) : size_(whole.size()) {
    produce_ = [kept = std::move(whole)](Sink const& sink) { return sink(kept); };
}

Text::Text(std::size_t size, std::function<bool(Sink const&)> produce, Deflated deflated)
    : size_(size), produce_(std::move(produce)), deflated_(std::move(deflated)) {
}

std::string Text::str() const {
    std::string all;
    all.reserve(size_);
    write([&](std::string_view part) {
        all += part;
        return true;
    });
    return all;
}

}  // namespace indexer::simulator
