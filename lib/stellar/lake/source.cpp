#include "stellar/lake/source.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "stellar/lake/extent.hpp"
#include "stellar/lake/folder_store.hpp"
#include "stellar/lake/http_store.hpp"
#include "stellar/lake/zstd.hpp"
#include "stellar/ledger_batch.hpp"

namespace indexer::stellar {
namespace {

using base::Seq;
using base::SeqRange;

bool is_http(std::string_view place) {
    return place.starts_with("http://") || place.starts_with("https://");
}

// Empty for what is not in a folder.
std::string folder_in(std::string const& place) {
    constexpr std::string_view kFile = "file://";
    if (is_http(place)) return {};
    return place.starts_with(kFile) ? place.substr(kFile.size()) : place;
}

std::unique_ptr<ObjectStore> open(config::Options const& options, std::string const& folder,
                                  base::Clock& clock, base::MemoryBudget& memory) {
    if (!folder.empty()) return std::make_unique<FolderStore>(folder, memory);
    return std::make_unique<HttpStore>(options.stellar.lake, options.rpc, clock, memory);
}

base::Error no_manifest(std::string const& where) {
    return {base::Fault::not_understood, base::Recovery::never,
            fmt::format("lake: {}: there is no {}", where, LakeManifest::kKey),
            "give the folder of a lake as SEP-54 describes it, the one that holds .config.json"};
}

base::Error empty(std::string const& where, std::string const& what, std::string const& hint) {
    return {base::Fault::endpoint, base::Recovery::never, fmt::format("lake: {}: {}", where, what),
            hint};
}

// Ledger 1 is made with the network: nothing was closed to make it, so that nobody has its meta.
constexpr Seq kFirstWithMeta(2);

void require_meta(std::optional<std::uint64_t> from) {
    if (!from || Seq(*from) >= kFirstWithMeta) return;
    throw base::Error(base::Fault::usage, base::Recovery::never,
                      fmt::format("lake: ledger {} has no meta, neither here nor anywhere else: a "
                                  "chain's first ledger was made with it",
                                  *from),
                      fmt::format("begin at ledger {}", kFirstWithMeta.value()));
}

// What a batch says of itself at its beginning, whatever kind of ledgers follow: the sequences of
// the first and of the last, 32 bits each, the highest byte first. Empty when it is too short.
SeqRange ledgers_named_in(std::string_view batch) {
    constexpr std::size_t kSeq = 4;
    if (batch.size() < 2 * kSeq) return {};
    auto const seq_at = [&](std::size_t at) {
        std::uint64_t seq = 0;
        for (char const c : batch.substr(at, kSeq)) seq = seq << 8U | static_cast<unsigned char>(c);
        return Seq(seq);
    };
    auto const [first, last] = std::pair(seq_at(0), seq_at(kSeq));
    return first <= last ? SeqRange::inclusive(first, last) : SeqRange{};
}

bool is_zstd(std::string_view bytes) {
    return bytes.starts_with("\x28\xb5\x2f\xfd");
}

// `held` is what an object says it holds.
void require_part(SeqRange part, SeqRange held, std::vector<model::Block> const& blocks) {
    auto expected = part.begin;
    for (auto const& block : blocks) {
        if (block.link.seq == expected) expected = expected.next();
    }
    if (expected == part.end && blocks.size() == part.size()) return;
    throw base::Error(
        base::Fault::not_understood, base::Recovery::never,
        fmt::format("lake: the object for ledgers {} to {} holds {} to {}", part.begin.value(),
                    part.last().value(), held.begin.value(), held.last().value()));
}

// An object unpacked, where each of its values ends, and their rows.
constexpr std::size_t kCopies = 8;

std::optional<Seq> seq_of(std::optional<std::uint64_t> const& number) {
    return number ? std::optional(Seq(*number)) : std::nullopt;
}

}  // namespace

LakeSource::LakeSource(config::Options const& options, base::Clock& clock,
                       base::MemoryBudget& memory)
    : folder_(folder_in(options.stellar.lake.reveal())),
      from_(options.from),
      to_(options.to),
      most_bytes_(options.rpc.max_response_bytes),
      memory_(memory),
      store_(open(options, folder_, clock, memory)),
      content_(content_of(options.stellar)),
      decoders_([this] { return std::make_unique<LedgerDecoder>(network({}), content_); }) {
}

std::string LakeSource::content() const {
    return name_of(content_);
}

std::span<model::Table const* const> LakeSource::tables() const noexcept {
    return content_.tables;
}

// Read once: what a lake holds has one layout.
LakeManifest LakeSource::manifest(std::stop_token stop) {
    std::lock_guard const lock(mutex_);
    if (!manifest_) {
        auto const json = store_->get(std::string(LakeManifest::kKey), std::move(stop));
        if (!json) throw no_manifest(store_->name());
        manifest_ = read_manifest(**json, "lake: " + store_->name());
    }
    return *manifest_;
}

std::string LakeSource::network(std::stop_token stop) {
    return manifest(std::move(stop)).passphrase;
}

Seq LakeSource::tip(std::stop_token stop) {
    require_meta(from_);
    if (!folder_.empty()) {
        if (auto const extent = extent_of_folder(folder_)) return extent->last();
        throw empty(store_->name(), "no ledgers in it", "");
    }
    auto const layout = manifest(stop);
    if (to_ && store_->has(layout.key(Seq(*to_)), stop)) return layout.batch(Seq(*to_)).last();
    auto const from = seq_of(from_);
    auto const last = from ? last_after(*store_, layout, *from, stop) : std::nullopt;
    if (last) {
        check_end(*last, std::move(stop));
        return *last;
    }
    throw empty(store_->name(), fmt::format("ledger {} is not in it", from_.value_or(0)),
                "over HTTP the end of a lake is looked for from --from-ledger on, so begin at a "
                "ledger that it has");
}

// Once: a server that says yes to whatever it is asked does so from the first question on.
void LakeSource::check_end(Seq last, std::stop_token stop) {
    if (end_checked_) return;
    auto const key = manifest(stop).key(last);
    std::string why = "has none";
    base::MemoryShare memory(memory_);
    try {
        if (auto const object = store_->get(key, std::move(stop))) {
            auto const range = ledgers_named_in(unpack_zstd(**object, most_bytes_, memory, 1));
            end_checked_ = range.contains(last);
            why = "gives others than those of its name";
        }
    } catch (base::Error const& error) {
        if (error.fault() != base::Fault::not_understood) throw;
        why = fmt::format("gives what is none: {}", error.what());
    }
    if (end_checked_) return;
    throw empty(store_->name(), fmt::format("says to have the object {}, but {}", key, why),
                "give the URL of the lake's folder; its server is to answer 404 for what is not "
                "there");
}

Seq LakeSource::first_available(std::stop_token /*stop*/) {
    if (folder_.empty()) return Seq(0);
    auto const extent = extent_of_folder(folder_);
    return extent ? extent->begin : Seq(0);
}

std::vector<SeqRange> LakeSource::parts(SeqRange range, std::stop_token stop) {
    auto const layout = manifest(std::move(stop));
    std::vector<SeqRange> parts;
    while (!range.empty()) {
        Seq const end = std::min(range.end, layout.batch(range.begin).end);
        parts.push_back({range.begin, end});
        range.begin = end;
    }
    return parts;
}

source::Fetched LakeSource::fetch(SeqRange part, std::stop_token stop) {
    auto const key = manifest(stop).key(part.begin);
    auto object = store_->get(key, std::move(stop));
    if (!object) return source::Unavailable{part, "lake: no object " + key, store_->name()};
    return source::Answer{part, *std::move(object), store_->name()};
}

std::vector<model::Block> LakeSource::decode(source::Answer const& answer) const {
    auto const decoder = decoders_.take();
    auto blocks = decode(answer, *decoder);
    note_sender(blocks, answer.endpoint);
    protocol_.meet(decoder->newest_protocol(), answer.endpoint);
    return blocks;
}

// What was kept of a ledger is a marked stream, whoever sent it.
std::vector<model::Block> LakeSource::decode(source::Answer const& answer,
                                             LedgerDecoder& rows) const {
    if (!is_zstd(*answer.body)) return rows.decode_stream(*answer.body, answer.part);
    base::MemoryShare memory(memory_);
    auto const bytes = unpack_zstd(*answer.body, most_bytes_, memory, kCopies);
    if (auto const only = only_ledger(bytes)) {
        std::vector<model::Block> blocks;
        blocks.push_back(rows.decode(only->bytes, only->seq));
        require_part(answer.part, SeqRange::single(only->seq), blocks);
        return blocks;
    }
    xdr::Decoder decoder;
    auto const batch = read_ledger_batch(decoder, bytes);
    std::vector<model::Block> blocks;
    for (auto const& ledger : batch.ledgers) {
        if (answer.part.contains(ledger_seq(ledger))) blocks.push_back(rows.read(ledger));
    }
    require_part(answer.part, batch.range, blocks);
    return blocks;
}

}  // namespace indexer::stellar
