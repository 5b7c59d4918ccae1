#include "tests/simulator/history/text.hpp"

#include <algorithm>

namespace indexer::simulator {

Text::Text(std::string whole) : size_(whole.size()) {
    produce_ = [kept = std::move(whole)](Sink const& sink) { return sink(kept); };
}

Text::Text(std::size_t size, std::function<bool(Sink const&)> produce, Deflated deflated)
    : size_(size), produce_(std::move(produce)), deflated_(std::move(deflated)) {
}

Text Text::join(std::vector<Text> parts) {
    std::size_t size = 0;
    for (Text const& part : parts) size += part.size();
    auto const produce = [kept = std::move(parts)](Sink const& sink) {
        return std::all_of(kept.begin(), kept.end(),
                           [&](Text const& part) { return part.write(sink); });
    };
    return {size, produce};
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
