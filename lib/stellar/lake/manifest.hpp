#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/seq.hpp"

namespace indexer::stellar {

// How a data lake is laid out, as its ".config.json" says: objects of so many ledgers each, so many
// of them in a partition. Source: SEP-54.
struct LakeManifest {
    static constexpr std::string_view kKey = ".config.json";

    std::string passphrase;
    std::uint64_t ledgers_per_batch = 0;
    std::uint64_t batches_per_partition = 0;

    // The ledgers that the object with `seq` is for; the first object of a chain holds fewer.
    [[nodiscard]] base::SeqRange batch(base::Seq seq) const;

    // Where that object lies, from the root of the lake: "FC3E15FF--63040000-63103999/
    // FC3D4703--63092988.xdr.zst". Names count down, so that a listing begins with the newest.
    [[nodiscard]] std::string key(base::Seq seq) const;
};

// `where` begins the message of the base::Error (not understood) that says what is missing or of an
// unknown kind.
[[nodiscard]] LakeManifest read_manifest(std::string_view json, std::string const& where);

// The ledgers that the name of an object or of a partition speaks of; empty for any other name.
[[nodiscard]] base::SeqRange range_in_name(std::string_view name);

}  // namespace indexer::stellar
