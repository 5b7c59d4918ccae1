#include "cli/exit_code.hpp"

namespace indexer::cli {

ExitCode exit_code_for(base::Fault fault) noexcept {
    switch (fault) {
        case base::Fault::internal:
            return ExitCode::internal;
        case base::Fault::usage:
            return ExitCode::usage;
        case base::Fault::locked:
            return ExitCode::locked;
        case base::Fault::database:
            return ExitCode::database;
        case base::Fault::endpoint:
            return ExitCode::endpoint;
        case base::Fault::not_understood:
            return ExitCode::not_understood;
        case base::Fault::stopped:
            return ExitCode::stopped;
    }
    return ExitCode::internal;
}

}  // namespace indexer::cli
