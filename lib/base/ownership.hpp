#pragma once

#include <string>

#include <sys/stat.h>
#include <sys/types.h>

namespace indexer::base {

// Who may change what lies on this machine, as its owner and mode say.

// Whether others than `owner` and root may write to it. A group of its owner alone is nobody else:
// many systems give each user one, and a umask that lets it write.
[[nodiscard]] bool others_may_write(struct stat const& status);

// Why it may be another user's doing: "belongs to another user (1001)" or "others may write to
// it". Empty when it belongs to root or to the user of this program, and nobody else may write.
[[nodiscard]] std::string foreign(struct stat const& status);

}  // namespace indexer::base
