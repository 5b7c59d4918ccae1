#pragma once

#include <functional>
#include <memory>

#include "base/seq.hpp"
#include "cli/session.hpp"
#include "config/config.hpp"
#include "pipeline/pulse.hpp"

namespace indexer::cli {

// The pulse of a run of a session, which must outlive it. `range` is called from any thread.
[[nodiscard]] std::unique_ptr<pipeline::Pulse> pulse_of(Session& session,
                                                        config::Options const& options,
                                                        std::function<base::SeqRange()> range);

}  // namespace indexer::cli
