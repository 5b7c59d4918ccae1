#include "stellar/lake/manifest.hpp"

#include <charconv>
#include <limits>
#include <optional>

#include <fmt/format.h>
#include <simdjson.h>

#include "base/error.hpp"
#include "base/text.hpp"

namespace indexer::stellar {
namespace {

using base::Seq;
using base::SeqRange;

constexpr std::size_t kComplementDigits = 8;
constexpr std::string_view kDashes = "--";

base::Error not_understood(std::string const& where, std::string const& what) {
    return {base::Fault::not_understood, base::Recovery::never,
            fmt::format("{}: {}: {}", where, LakeManifest::kKey, what),
            "give the folder of a lake as SEP-54 describes it, the one that holds .config.json"};
}

// The `size` seqs that `seq` is among, when they are counted off from 0.
SeqRange aligned(Seq seq, std::uint64_t size) {
    auto const first = seq.value() / size * size;
    return {Seq(first), Seq(first + size)};
}

std::string complement(Seq first) {
    return fmt::format("{:08X}{}", std::numeric_limits<std::uint32_t>::max() - first.value(),
                       kDashes);
}

std::string partition_name(SeqRange range) {
    return fmt::format("{}{}-{}/", complement(range.begin), range.begin.value(),
                       range.last().value());
}

std::string object_name(SeqRange range) {
    auto const first = complement(range.begin) + std::to_string(range.begin.value());
    if (range.size() == 1) return first + ".xdr.zst";
    return fmt::format("{}-{}.xdr.zst", first, range.last().value());
}

// The number that `text` begins with, which is taken off it.
std::optional<std::uint32_t> take_number(std::string_view& text) {
    std::uint32_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

std::uint64_t positive(simdjson::dom::object const& manifest, char const* name,
                       std::string const& where) {
    std::uint64_t number = 0;
    auto const error = manifest[name].get(number);
    if (error == simdjson::SUCCESS && number > 0 && number <= 1'000'000) return number;
    throw not_understood(where, fmt::format("{}: a number from 1 to 1000000 is expected", name));
}

std::string text(simdjson::dom::object const& manifest, char const* name,
                 std::string const& where) {
    std::string_view value;
    constexpr std::size_t kLongest = 200;
    bool const found = manifest[name].get(value) == simdjson::SUCCESS;
    if (found && !value.empty() && value.size() <= kLongest && base::is_plain_text(value)) {
        return std::string(value);
    }
    throw not_understood(where, fmt::format("{}: a text is expected", name));
}

}  // namespace

SeqRange LakeManifest::batch(Seq seq) const {
    return aligned(seq, ledgers_per_batch);
}

std::string LakeManifest::key(Seq seq) const {
    auto const name = object_name(batch(seq));
    if (batches_per_partition == 1) return name;
    return partition_name(aligned(seq, ledgers_per_batch * batches_per_partition)) + name;
}

LakeManifest read_manifest(std::string_view json, std::string const& where) {
    simdjson::dom::parser parser;
    simdjson::dom::object manifest;
    if (parser.parse(simdjson::padded_string(json)).get(manifest) != simdjson::SUCCESS) {
        throw not_understood(where, "not a JSON object");
    }
    auto const compression = text(manifest, "compression", where);
    if (compression != "zstd") {
        throw not_understood(where, fmt::format("compression: {} is not zstd", compression));
    }
    return {.passphrase = text(manifest, "networkPassphrase", where),
            .ledgers_per_batch = positive(manifest, "ledgersPerBatch", where),
            .batches_per_partition = positive(manifest, "batchesPerPartition", where)};
}

SeqRange range_in_name(std::string_view name) {
    constexpr auto kLead = kComplementDigits + kDashes.size();
    if (!name.substr(0, kLead).ends_with(kDashes) || name.size() < kLead) return {};
    name.remove_prefix(kLead);
    auto const first = take_number(name);
    if (!first) return {};
    if (!name.starts_with('-')) return SeqRange::single(Seq(*first));
    name.remove_prefix(1);
    auto const last = take_number(name);
    return last ? SeqRange::inclusive(Seq(*first), Seq(*last)) : SeqRange{};
}

}  // namespace indexer::stellar
