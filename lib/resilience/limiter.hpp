#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "resilience/adaptive_concurrency.hpp"
#include "resilience/adaptive_rate.hpp"
#include "resilience/shared_rate.hpp"
#include "resilience/token_bucket.hpp"

namespace indexer::resilience {

// How fast one place may be called: at most so often a second in all, and each method at the rate
// and concurrency that its answers show it to allow.
//
// Safe for concurrent use; time is a parameter. Must outlive its permits.
class Limiter {
  public:
    using Duration = base::Clock::Duration;
    using TimePoint = base::Clock::TimePoint;

    struct Options {
        std::optional<double> per_second;  // of all methods together; nothing: no such limit
    };

    struct Statistics {
        std::string method;
        unsigned in_flight;
        unsigned concurrency;              // most at once
        std::optional<double> per_second;  // learnt; nothing: no limit met yet
    };

    // Permission for one call. Settle it once, from any thread; one that is only destroyed (a stop,
    // an answer that tells nothing about load) counts as none.
    class Permit {
      public:
        Permit(Permit&& other) noexcept;
        Permit& operator=(Permit&&) = delete;
        Permit(Permit const&) = delete;
        Permit& operator=(Permit const&) = delete;
        ~Permit();

        void served(TimePoint now) noexcept;
        void too_fast(TimePoint now) noexcept;    // HTTP 429 and its like
        void overloaded(TimePoint now) noexcept;  // a timeout

      private:
        friend class Limiter;
        struct Method;
        Permit(Limiter& limiter, Method& method, TimePoint began) noexcept;

        Limiter* limiter_;  // none once settled
        Method* method_;
        TimePoint began_;
    };

    Limiter(Options options, TimePoint now) noexcept;
    Limiter(Limiter const&) = delete;
    Limiter& operator=(Limiter const&) = delete;
    ~Limiter();

    // From now on calls also need a turn of `shared`, which must outlive this object; who asks for
    // one has it refilled before.
    void share(SharedRate& shared) noexcept;

    // Nothing when the call of the method `name` has to wait.
    [[nodiscard]] std::optional<Permit> try_acquire(std::string_view name, TimePoint now);

    // When to ask again after a refusal, `ahead` others waiting too: when their tokens and one more
    // fell due. TimePoint::max() when only the end of another call can help.
    [[nodiscard]] TimePoint next_attempt_at(std::string_view name, TimePoint now, unsigned ahead);

    // The server told how many more calls it will take, and how far apart it likes them. When those
    // under way will use them up, the next waits so long. Of all methods when `name` is empty.
    void remaining(std::string_view name, std::uint64_t calls, Duration spacing, TimePoint now);

    // As if nothing had been learnt.
    void reset() noexcept;

    [[nodiscard]] std::vector<Statistics> statistics(TimePoint now) const;

  private:
    using Method = Permit::Method;

    [[nodiscard]] Method& method(std::string_view name, TimePoint now);
    [[nodiscard]] bool cap_admits(TimePoint now) noexcept;
    [[nodiscard]] unsigned in_flight() const noexcept;

    Options const options_;
    mutable std::mutex mutex_;
    TokenBucket cap_;
    SharedRate* shared_ = nullptr;
    TimePoint rests_until_{};
    std::map<std::string, Method, std::less<>> methods_;
};

}  // namespace indexer::resilience
