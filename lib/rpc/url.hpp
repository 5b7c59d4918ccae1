#pragma once

#include "base/secret.hpp"

namespace indexer::rpc {

// Throws base::Error with Fault::usage unless the URL is a complete http or https URL.
void check_url(base::Secret const& url);

}  // namespace indexer::rpc
