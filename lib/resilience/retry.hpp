#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <type_traits>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "resilience/backoff.hpp"
#include "resilience/random.hpp"

namespace indexer::resilience {

struct RetryPolicy {
    unsigned max_attempts;  // 1 means: never again
    Backoff backoff;
    // How many places there are to try (endpoints): so many failures with
    // Recovery::retry_elsewhere come before a wait.
    unsigned places = 1;
    // Nothing is begun later than this after the start.
    std::optional<base::Clock::Duration> max_elapsed = std::nullopt;
};

// The attempts at one piece of work: counts them, waits between them, and remembers why they
// failed. One thread at a time; what the constructor takes must outlive it.
class Attempts {
  public:
    // `where` begins the message of the error thrown when no attempt is left.
    Attempts(std::string where, RetryPolicy policy, base::Clock& clock, Random& random);

    // Takes note of a failed attempt. When none is left it gives up, that is, throws base::Error
    // with the last error's fault and hint, Recovery::never, and the text
    // "<where>: gave up after 6 attempts in 41 s: HTTP 429 (5x), timeout after 10 s".
    void failed(base::Error const& error);

    // The next attempt is not begun before `when`: what a Retry-After asks for where there is no
    // other place. The later of this and the backoff counts.
    void not_before(base::Clock::TimePoint when) noexcept;

    // Waits until the next attempt is due. Throws Fault::stopped when told to stop; gives up at
    // once when that is later than the policy's max_elapsed.
    void wait(std::stop_token stop);

    // To be called before a wait until `when` that uses no attempt: for an open breaker, or for
    // one's turn, which `because` describes. Gives up when that is later than the policy's
    // max_elapsed.
    void pausing_until(base::Clock::TimePoint when, base::Error const& because);

  private:
    struct Reason {
        std::string text;
        unsigned times;
    };

    void remember(base::Error const& error);
    [[nodiscard]] bool too_late(base::Clock::TimePoint when) const noexcept;
    [[nodiscard]] base::Error gave_up() const;

    std::string where_;
    RetryPolicy policy_;
    base::Clock& clock_;
    Random& random_;
    base::Clock::TimePoint started_;
    base::Clock::TimePoint due_;
    unsigned attempts_ = 0;
    unsigned waits_ = 0;
    unsigned places_tried_ = 0;
    base::Fault fault_ = base::Fault::internal;
    std::string hint_;
    std::vector<Reason> reasons_;
};

// Does `body` until it succeeds, throws an error with Recovery::never (which passes through as it
// is), or no attempt is left. `body` may call attempts.not_before() and pausing_until().
template <typename Body>
std::invoke_result_t<Body&> retry(Attempts& attempts, std::stop_token stop, Body body) {
    for (;;) {
        try {
            return body();
        } catch (base::Error const& error) {
            if (error.recovery() == base::Recovery::never) throw;
            attempts.failed(error);
        }
        attempts.wait(stop);
    }
}

}  // namespace indexer::resilience
