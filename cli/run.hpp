#pragma once

namespace indexer::cli {

// The whole program: what main returns. One call a process.
[[nodiscard]] int run(int argc, char const* const* argv);

}  // namespace indexer::cli
