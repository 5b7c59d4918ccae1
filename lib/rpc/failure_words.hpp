#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "rpc/verdict.hpp"

// What is told of a call that failed.
namespace indexer::rpc {

[[nodiscard]] base::Recovery recovery_for(Verdict verdict) noexcept;

// What the user can do; empty where there is nothing in particular. `status`: of HTTP, 0 where it
// is not about that.
[[nodiscard]] std::string_view hint_for(Verdict verdict, long status) noexcept;

// "HTTP 503: try later"; of a redirect it names where to, without what may be secret.
[[nodiscard]] std::string text_of_status(long status, std::string const& location,
                                         std::string_view words);

}  // namespace indexer::rpc
