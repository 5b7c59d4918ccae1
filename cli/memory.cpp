#include "cli/memory.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "observe/memory.hpp"

namespace indexer::cli {
namespace {

// Of what there is, half: others, such as the database, need some, too.
std::size_t default_memory(config::Pipeline const& pipeline) {
    return std::clamp<std::uint64_t>(observe::available_memory() / 2, pipeline.least_memory,
                                     pipeline.most_default_memory);
}

}  // namespace

std::size_t memory_for_work(config::Options const& options) {
    auto const& pipeline = options.pipeline;
    auto const most = pipeline.max_memory ? *pipeline.max_memory : default_memory(pipeline);
    if (most >= pipeline.least_memory) return most / 4 * 3;
    throw base::Error(base::Fault::usage, base::Recovery::never,
                      "--max-memory: less than 64 MiB is not enough to work in",
                      "give at least 64MiB, or leave the option out");
}

}  // namespace indexer::cli
