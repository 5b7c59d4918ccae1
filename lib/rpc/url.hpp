#pragma once

#include <string>
#include <string_view>

#include "base/secret.hpp"

namespace indexer::rpc {

// Throws base::Error with Fault::usage unless the URL is a complete http or https URL.
void check_url(base::Secret const& url);

// Who serves it: host and port, in lower case. Throws as check_url() does.
[[nodiscard]] std::string place_of(base::Secret const& url);

// Where `path` lies below the URL, whose query stays. Requires: a path that needs no escapes.
[[nodiscard]] std::string below(base::Secret const& url, std::string_view path);

}  // namespace indexer::rpc
