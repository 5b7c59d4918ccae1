#include "base/body.hpp"

#include <memory>
#include <utility>

namespace indexer::base {

Body body_of(std::string bytes) {
    return Bodies::alone(std::make_unique<std::string>(std::move(bytes)));
}

}  // namespace indexer::base
