#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "config/config.hpp"

namespace indexer::cli {

// What a run that listens (--listen) says of itself at /health.
struct RunHealth {
    struct Breaker {
        std::string endpoint;
        std::string method;
        std::string state;  // closed, half-open, open
    };

    std::string status;  // "healthy", or what is wrong
    std::vector<Breaker> breakers;
    std::string json;  // the whole answer
};

// Asks the run that listens at --listen. Nothing when no address was given, or nobody answers
// there as a run does, which is logged as a warning. Throws base::Error with Fault::usage for an
// address that is none, Fault::stopped when told to stop.
[[nodiscard]] std::optional<RunHealth> ask_run(config::Options const& options,
                                               std::stop_token stop);

}  // namespace indexer::cli
