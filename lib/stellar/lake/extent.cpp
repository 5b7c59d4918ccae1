#include "stellar/lake/extent.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>

#include <fmt/format.h>

#include "base/error.hpp"

namespace indexer::stellar {
namespace {

namespace fs = std::filesystem;

using base::Seq;
using base::SeqRange;

// The entries of a folder that speak of the first and of the last ledgers.
struct Ends {
    std::optional<fs::path> oldest;
    std::optional<fs::path> newest;
};

std::string name_of(fs::path const& path) {
    return path.filename().string();
}

bool is_object(fs::path const& path) {
    return name_of(path).ends_with(".xdr.zst");
}

Ends ends_of(fs::path const& folder, bool (*wanted)(fs::path const&)) {
    Ends ends;
    auto const first = [](fs::path const& path) { return range_in_name(name_of(path)).begin; };
    for (auto const& entry : fs::directory_iterator(folder)) {
        auto const& path = entry.path();
        if (!wanted(path) || range_in_name(name_of(path)).empty()) continue;
        if (!ends.oldest || first(path) < first(*ends.oldest)) ends.oldest = path;
        if (!ends.newest || first(path) > first(*ends.newest)) ends.newest = path;
    }
    return ends;
}

// A sequence has 32 bits, so a lake that goes on for longer says yes to whatever it is asked, as
// some web servers do.
constexpr Seq kLastLedger(std::numeric_limits<std::uint32_t>::max());

base::Error has_everything(Seq asked) {
    return {base::Fault::endpoint, base::Recovery::never,
            fmt::format("lake: it says to have every object, ledger {} included", asked.value()),
            "give the URL of the lake's folder; its server is to answer 404 for what is not there"};
}

bool is_partition(fs::path const& path) {
    return fs::is_directory(path);
}

}  // namespace

std::optional<SeqRange> extent_of_folder(fs::path const& folder) {
    auto const partitions = ends_of(folder, is_partition);
    auto const oldest = ends_of(partitions.oldest.value_or(folder), is_object).oldest;
    auto const newest = ends_of(partitions.newest.value_or(folder), is_object).newest;
    if (!oldest || !newest) return std::nullopt;
    return SeqRange{range_in_name(name_of(*oldest)).begin, range_in_name(name_of(*newest)).end};
}

std::optional<Seq> last_after(ObjectStore& store, LakeManifest const& manifest, Seq from,
                              std::stop_token stop) {
    auto const has = [&](Seq seq) { return store.has(manifest.key(seq), stop); };
    if (!has(from)) return std::nullopt;
    auto const size = manifest.ledgers_per_batch;
    std::uint64_t there = 0;  // batches ahead of `from` that are known to be there
    std::uint64_t gone = 1;   // and not
    auto const ahead = [&](std::uint64_t batches) { return Seq(from.value() + batches * size); };
    for (; has(ahead(gone)); gone *= 2) {
        there = gone;
        if (ahead(2 * gone) > kLastLedger) throw has_everything(ahead(gone));
    }
    while (gone - there > 1) {
        auto const middle = there + (gone - there) / 2;
        (has(ahead(middle)) ? there : gone) = middle;
    }
    return manifest.batch(ahead(there)).last();
}

}  // namespace indexer::stellar
