#include "base/error.hpp"

#include <utility>

namespace indexer::base {

Error::Error(Fault fault, Recovery recovery, std::string const& what, std::string hint)
    : std::runtime_error(what), fault_(fault), recovery_(recovery), hint_(std::move(hint)) {
}

Error stopped(std::string const& where) {
    return Error(Fault::stopped, Recovery::never, where + ": stopped");
}

}  // namespace indexer::base
