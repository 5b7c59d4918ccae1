#include "embedded/waiting.hpp"

#include <chrono>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "embedded/failure.hpp"

namespace indexer::embedded {

void wait_until(std::function<bool()> const& done, std::string_view otherwise,
                std::stop_token const& stop) {
    using namespace std::chrono_literals;
    auto& clock = base::steady_clock();
    auto const deadline = clock.now() + 10min;
    while (!done()) {
        if (clock.now() > deadline) throw failure(otherwise);
        if (!clock.sleep_for(50ms, stop)) throw base::stopped("embedded");
    }
}

}  // namespace indexer::embedded
