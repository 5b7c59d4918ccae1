#include "cli/pulse.hpp"

#include <utility>

namespace indexer::cli {

std::unique_ptr<pipeline::Pulse> pulse_of(Session& session, config::Options const& options,
                                          std::function<base::SeqRange()> range) {
    return std::make_unique<pipeline::Pulse>(
        session.coverage(), session.seen().health(),
        pipeline::Pulse::Questions{
            .range = std::move(range),
            .endpoints_usable = [&session] { return session.endpoints_usable(); }},
        session.clock(), options.observe.pulse);
}

}  // namespace indexer::cli
