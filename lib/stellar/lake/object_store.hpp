#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "base/body.hpp"

namespace indexer::stellar {

// Where the objects of a lake lie. Safe for concurrent use.
class ObjectStore {
  public:
    ObjectStore() = default;
    ObjectStore(ObjectStore const&) = delete;
    ObjectStore& operator=(ObjectStore const&) = delete;
    virtual ~ObjectStore() = default;

    // Fit to be printed.
    [[nodiscard]] virtual std::string const& name() const noexcept = 0;

    // An object's bytes; nothing when there is none of that key. Throws base::Error with
    // Fault::endpoint when that cannot be found out or is too large, Fault::stopped when told to
    // stop; MemoryShort.
    [[nodiscard]] virtual std::optional<base::Body> get(std::string const& key,
                                                        std::stop_token stop) = 0;

    // Whether there is such an object, at less cost.
    [[nodiscard]] virtual bool has(std::string const& key, std::stop_token stop) = 0;
};

}  // namespace indexer::stellar
