#include "tests/simulator/stellar/lake.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <zstd.h>

#include "base/json_writer.hpp"
#include "tests/simulator/encoding/xdr.hpp"

namespace indexer::simulator::stellar {
namespace {

constexpr std::string_view kManifest = ".config.json";

std::string packed(std::string const& bytes) {
    std::string out(ZSTD_compressBound(bytes.size()), '\0');
    constexpr int kFast = 1;
    auto const size = ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), kFast);
    out.resize(size);
    return out;
}

// The seq behind the last "--" of a key.
std::optional<Slot> first_of(std::string const& key) {
    auto const dashes = key.rfind("--");
    if (dashes == std::string::npos) return std::nullopt;
    Slot first = 0;
    auto const* const end = key.data() + key.size();
    auto const parsed = std::from_chars(key.data() + dashes + 2, end, first);
    return parsed.ec == std::errc() ? std::optional(first) : std::nullopt;
}

std::string name(Slot first, Slot last) {
    auto const start = fmt::format("{:08X}--{}", 0xffffffffU - first, first);
    return first == last ? start : fmt::format("{}-{}", start, last);
}

void save(std::filesystem::path const& file, std::string const& bytes) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
}

}  // namespace

std::string Lake::manifest() const {
    base::JsonWriter json;
    json.begin_object().member("networkPassphrase", ledgers_.passphrase());
    json.member("version", "1.0").member("compression", "zstd");
    json.member("ledgersPerBatch", options_.ledgers_per_batch);
    json.member("batchesPerPartition", options_.batches_per_partition).end_object();
    return std::move(json).text();
}

std::string Lake::key(Slot first) const {
    auto const object = name(first, first + options_.ledgers_per_batch - 1) + ".xdr.zst";
    if (options_.batches_per_partition == 1) return object;
    auto const partition = options_.ledgers_per_batch * options_.batches_per_partition;
    auto const start = first / partition * partition;
    return name(start, start + partition - 1) + "/" + object;
}

std::string Lake::batch(Slot first, Orders const& orders) const {
    auto const start = std::max(first, ledgers_.first());
    auto const end = first + options_.ledgers_per_batch;
    Xdr xdr;
    xdr.u32(start).u32(end - 1).u32(end - start);
    for (Slot seq = start; seq < end; ++seq) {
        auto meta = ledgers_.meta(seq, orders.fork);
        if (orders.poison && orders.poison->contains(seq)) meta[3] = 99;
        xdr.raw(meta);
    }
    return packed(xdr);
}

std::optional<std::string> Lake::object(std::string const& key, Slot latest,
                                        Orders const& orders) const {
    if (key == kManifest) return manifest();
    auto const first = first_of(key);
    if (!first || key != this->key(*first)) return std::nullopt;
    auto const last = *first + options_.ledgers_per_batch - 1;
    if (last > latest || last < ledgers_.first()) return std::nullopt;
    if (orders.omit && orders.omit->contains(*first)) return std::nullopt;
    return batch(*first, orders);
}

void Lake::write(std::string const& folder) const {
    std::filesystem::path const root(folder);
    auto const size = options_.ledgers_per_batch;
    save(root / kManifest, manifest());
    for (Slot seq = ledgers_.first() / size * size; seq + size - 1 <= ledgers_.last();
         seq += size) {
        save(root / key(seq), batch(seq, {}));
    }
}

}  // namespace indexer::simulator::stellar
