#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>

#include "base/seq.hpp"
#include "stellar/lake/manifest.hpp"
#include "stellar/lake/object_store.hpp"

// Which ledgers a lake has.
namespace indexer::stellar {

// By the names of the files; nothing when there is none.
[[nodiscard]] std::optional<base::SeqRange> extent_of_folder(std::filesystem::path const& folder);

// The last ledger of the newest object, found by asking for objects ahead of `from` in steps that
// double, then by halves: plain HTTP has no listings. Nothing when the object of `from` is not
// there. A hole in the lake looks like its end. Throws Fault::endpoint when every object up to the
// last ledger that can be is said to be there.
[[nodiscard]] std::optional<base::Seq> last_after(ObjectStore& store, LakeManifest const& manifest,
                                                  base::Seq from, std::stop_token stop);

}  // namespace indexer::stellar
