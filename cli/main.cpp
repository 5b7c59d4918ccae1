#include <malloc.h>

#include "cli/run.hpp"

namespace {

// From this size on, memory is mapped by itself and given back when it is freed. glibc's own
// threshold grows with the first large block that is freed, and then what 20 workers once held is
// kept: 430 MB instead of 220 at 3 MB a block.
constexpr int kMappedFrom = 1024 * 1024;

}  // namespace

int main(int argc, char** argv) {
    mallopt(M_MMAP_THRESHOLD, kMappedFrom);
    return indexer::cli::run(argc, argv);
}
