#pragma once

#include <string>

namespace indexer::cli {

// A file that says what this program is to do, or holds its secrets.
struct OwnFile {
    std::string text;
    bool others_may_read;
};

// Reads it, a pipe too, as a shell's <(…) is one. Throws Fault::usage, which begins with `name`,
// when it cannot be read, holds more than 64 KiB, or says what anybody may have put there:
// others may write to it, or it is another user's in a folder that all may write to, as /tmp is.
// (ssh does so with its configuration. The owner elsewhere is whoever the caller means: a file
// mounted into a container often is of a user that only its host knows.)
[[nodiscard]] OwnFile read_own_file(std::string const& name, std::string const& path);

}  // namespace indexer::cli
