#include "base/clock.hpp"

#include <condition_variable>
#include <mutex>

namespace indexer::base {
namespace {

class SteadyClock final : public Clock {
  public:
    [[nodiscard]] TimePoint now() const noexcept override {
        return std::chrono::steady_clock::now();
    }

    bool sleep_until(TimePoint when, std::stop_token stop) override {
        std::mutex mutex;
        std::condition_variable_any never_notified;
        std::unique_lock lock(mutex);
        never_notified.wait_until(lock, stop, when, [] { return false; });
        return !stop.stop_requested();
    }
};

}  // namespace

Clock& steady_clock() noexcept {
    static SteadyClock clock;
    return clock;
}

}  // namespace indexer::base
