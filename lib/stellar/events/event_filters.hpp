#pragma once

#include <string>

#include "config/config.hpp"

namespace indexer::stellar {

// Which events are asked for: those of any of the contracts (of all, when none is named) whose
// topics fit any of the patterns (all, when there is none).
//
// A pattern is segments separated by commas, one for each topic: "*" is any one topic, "**" at the
// end any number of them. Other segments are values: a C, G, M, B or L address, "str:TEXT",
// "xdr:BASE64" (an ScVal), or else a symbol such as "transfer".
class EventFilters {
  public:
    // Throws base::Error with Fault::usage, naming the flag and the value, for what is none, and
    // for more than one request may have: 25 contracts, 5 patterns.
    explicit EventFilters(config::Stellar const& config);

    // The "filters" of getEvents.
    [[nodiscard]] std::string const& json() const noexcept { return json_; }

    // The same choice in words that stay the same whatever the order it was made in.
    [[nodiscard]] std::string const& name() const noexcept { return name_; }

  private:
    std::string json_;
    std::string name_;
};

}  // namespace indexer::stellar
