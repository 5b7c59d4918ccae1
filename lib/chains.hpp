#pragma once

#include <memory>

#include "base/clock.hpp"
#include "config/config.hpp"
#include "rpc/client.hpp"
#include "source/source.hpp"

namespace indexer {

// Whether the source asks endpoints, rather than reading files.
[[nodiscard]] bool needs_client(config::Options const& options);

// The source of the chain that `options` name: the one place that knows all chains. What is passed
// must outlive the source. Requires: a client, if one is needed.
[[nodiscard]] std::unique_ptr<source::Source> make_source(config::Options const& options,
                                                          rpc::Client* client, base::Clock& clock);

}  // namespace indexer
