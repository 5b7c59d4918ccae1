#pragma once

#include <optional>
#include <vector>

#include <sys/types.h>

#include "embedded/process.hpp"

namespace indexer::embedded {

// While it lives, this thread makes, opens and removes files with the rights of an account, as
// file servers do for their clients: what root makes then belongs to the account, and where the
// account's own links lead it where the account may not go, root does not go either. Without an
// account nothing changes. Throws Fault::internal when the system refuses.
class Acting {
  public:
    explicit Acting(std::optional<Account> const& account);
    Acting(Acting const&) = delete;
    Acting& operator=(Acting const&) = delete;
    ~Acting();

  private:
    bool const acting_;
    std::vector<gid_t> groups_;  // to be put back
};

}  // namespace indexer::embedded
