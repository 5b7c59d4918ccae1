#pragma once

#include "base/error.hpp"

namespace indexer::cli {

// What the program's exit status says. 75 is EX_TEMPFAIL of sysexits.h: run it again.
enum class ExitCode {
    complete = 0,
    internal = 1,
    usage = 2,
    incomplete = 3,  // finished, but holes or dead letters remain
    locked = 4,
    database = 5,
    endpoint = 6,
    not_understood = 7,
    stopped = 75,
};

[[nodiscard]] ExitCode exit_code_for(base::Fault fault) noexcept;

}  // namespace indexer::cli
