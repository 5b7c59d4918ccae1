#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace indexer::embedded {

// Fault::database, which trying again does not mend.
[[nodiscard]] base::Error failure(std::string_view what, std::string hint = {});

// The line that tells most in what a PostgreSQL program wrote: the last that names an error,
// without its time stamp, else the last.
[[nodiscard]] std::string reason_in(std::string_view output);

}  // namespace indexer::embedded
