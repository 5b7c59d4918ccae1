#include "base/error.hpp"

#include "base/text.hpp"

namespace indexer::base {

Error::Error(Fault fault, Recovery recovery, std::string const& what, std::string hint)
    : std::runtime_error(plain_text(what)),
      fault_(fault),
      recovery_(recovery),
      hint_(plain_text(hint)) {
}

Error stopped(std::string const& where) {
    return Error(Fault::stopped, Recovery::never, where + ": stopped");
}

}  // namespace indexer::base
