#include "stellar/lake/source.hpp"

#include <algorithm>
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
                                  base::Clock& clock) {
    if (!folder.empty()) return std::make_unique<FolderStore>(folder);
    return std::make_unique<HttpStore>(options.stellar.lake, options.rpc, clock);
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

std::optional<Seq> seq_of(std::optional<std::uint64_t> const& number) {
    return number ? std::optional(Seq(*number)) : std::nullopt;
}

}  // namespace

LakeSource::LakeSource(config::Options const& options, base::Clock& clock)
    : folder_(folder_in(options.stellar.lake.reveal())),
      from_(options.from),
      to_(options.to),
      most_bytes_(options.rpc.max_response_bytes),
      store_(open(options, folder_, clock)),
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
        manifest_ = read_manifest(*json, "lake: " + store_->name());
    }
    return *manifest_;
}

std::string LakeSource::network(std::stop_token stop) {
    return manifest(std::move(stop)).passphrase;
}

Seq LakeSource::tip(std::stop_token stop) {
    if (!folder_.empty()) {
        if (auto const extent = extent_of_folder(folder_)) return extent->last();
        throw empty(store_->name(), "no ledgers in it", "");
    }
    auto const layout = manifest(stop);
    if (to_ && store_->has(layout.key(Seq(*to_)), stop)) return layout.batch(Seq(*to_)).last();
    auto const from = seq_of(from_);
    auto const last = from ? last_after(*store_, layout, *from, stop) : std::nullopt;
    if (last) return *last;
    throw empty(store_->name(), fmt::format("ledger {} is not in it", from_.value_or(0)),
                "over HTTP the end of a lake is looked for from --from-ledger on, so begin at a "
                "ledger that it has");
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
    return source::Answer{part, base::body_of(*std::move(object)), store_->name()};
}

std::vector<model::Block> LakeSource::decode(source::Answer const& answer) const {
    auto const bytes = unpack_zstd(*answer.body, most_bytes_);
    xdr::Decoder decoder;
    auto const batch = read_ledger_batch(decoder, bytes);
    auto const rows = decoders_.take();
    std::vector<model::Block> blocks;
    for (auto const& ledger : batch.ledgers) {
        if (answer.part.contains(ledger_seq(ledger))) blocks.push_back(rows->read(ledger));
    }
    if (blocks.size() == answer.part.size()) return blocks;
    throw base::Error(base::Fault::not_understood, base::Recovery::never,
                      fmt::format("lake: the object for ledgers {} to {} holds {} to {}",
                                  answer.part.begin.value(), answer.part.last().value(),
                                  batch.range.begin.value(), batch.range.last().value()));
}

}  // namespace indexer::stellar
