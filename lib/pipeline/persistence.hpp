#pragma once

#include <stop_token>
#include <type_traits>
#include <utility>

#include <spdlog/spdlog.h>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "pipeline/tally.hpp"
#include "resilience/random.hpp"
#include "resilience/retry.hpp"

namespace indexer::pipeline {

// Asks the database again while a new attempt can mend it: after a lost connection, a restart or a
// failover of the server, a full disk, a deadlock. Whatever is asked must be idempotent, because
// the first attempt may have been done and its answer lost. Safe for concurrent use.
class Persistence {
  public:
    // What is named must outlive this object.
    Persistence(resilience::RetryPolicy policy, base::Clock& clock, resilience::Random& random,
                Tally& tally)
        : policy_(policy), clock_(clock), random_(random), tally_(tally) {}

    // What `ask` returns. Throws as resilience::retry does, and what no attempt can mend as it is.
    template <class Ask>
    std::invoke_result_t<Ask&> operator()(std::stop_token stop, Ask ask) const {
        resilience::Attempts attempts("database", policy_, clock_, random_);
        bool first = true;
        return resilience::retry(attempts, stop, [&] {
            if (!std::exchange(first, false)) tally_.retried_write();
            return warn_of_failure(ask);
        });
    }

  private:
    template <class Ask>
    static std::invoke_result_t<Ask&> warn_of_failure(Ask& ask) {
        try {
            return ask();
        } catch (base::Error const& error) {
            if (error.recovery() != base::Recovery::never) {
                spdlog::warn("{}: trying again", error.what());
            }
            throw;
        }
    }

    resilience::RetryPolicy policy_;
    base::Clock& clock_;
    resilience::Random& random_;
    Tally& tally_;
};

}  // namespace indexer::pipeline
