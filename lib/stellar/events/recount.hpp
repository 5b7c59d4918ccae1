#pragma once

#include <vector>

#include "base/seq.hpp"
#include "source/source.hpp"
#include "stellar/events/event_page.hpp"

namespace indexer::stellar {

// What getEvents says of the ledgers of a part, to be compared with stellar.events. Diagnostic
// events, which servers before 23 list as well, are left out, as they are there. Throws base::Error
// with Fault::not_understood for an event of another kind.
[[nodiscard]] source::Recount recount_of(base::SeqRange part,
                                         std::vector<ListedEvent> const& events);

}  // namespace indexer::stellar
