#include "tests/simulator/stellar/recorded_ledgers.hpp"

#include <cstring>
#include <fstream>
#include <iterator>

#include <zlib.h>

#include "base/error.hpp"
#include "stellar/ledger_batch.hpp"
#include "stellar/xdr/decoder.hpp"
#include "stellar/xdr/marked_stream.hpp"
#include "stellar/xdr/schema.hpp"

namespace indexer::simulator::stellar {
namespace {

namespace xdr = indexer::stellar::xdr;

// zlib reads files that are not compressed as they are.
std::string read_unzipped(std::filesystem::path const& file) {
    std::string bytes;
    std::string part(1U << 20U, '\0');
    auto* const source = ::gzopen(file.c_str(), "rb");
    for (int got = 1; got > 0;) {
        got = ::gzread(source, part.data(), static_cast<unsigned>(part.size()));
        if (got > 0) bytes.append(part, 0, static_cast<std::size_t>(got));
    }
    ::gzclose(source);
    return bytes;
}

// A stream begins with a record mark, whose top bit is set; a batch with a seq, which is larger
// than any version of a LedgerCloseMeta.
bool is_stream(std::string_view bytes) {
    return !bytes.empty() && (static_cast<unsigned char>(bytes[0]) & 0x80U) != 0;
}

bool is_batch(std::string_view bytes) {
    constexpr std::string_view kNewestVersion("\0\0\0\2", 4);
    return bytes.substr(0, 4) > kNewestVersion;
}

template <class Use>
void for_each_ledger(std::string const& bytes, Use use) {
    auto const& type = xdr::stellar_schema().type("LedgerCloseMeta");
    xdr::Decoder decoder;
    if (is_stream(bytes)) {
        xdr::MarkedStream stream(bytes);
        while (auto const ledger = stream.next()) use(decoder.decode(type, *ledger));
    } else if (is_batch(bytes)) {
        auto const batch = indexer::stellar::read_ledger_batch(decoder, bytes);
        for (auto const& ledger : batch.ledgers) use(ledger);
    } else {
        use(decoder.decode(type, bytes));
    }
}

LedgerHead head_of(xdr::Value const& entry) {
    auto const header = entry["header"];
    auto const time = header["scp_value"]["close_time"].natural();
    return {.entry = std::string(entry.wire()),
            .close_time = static_cast<std::int64_t>(time),
            .protocol = header["ledger_version"].natural()};
}

bool is_wanted(std::filesystem::path const& file, std::string const& network) {
    auto const name = file.filename().string();
    return name.starts_with(network + "-") && (name.ends_with(".xdr") || name.ends_with(".xdr.gz"));
}

}  // namespace

RecordedLedgers::RecordedLedgers(std::filesystem::path const& place, std::string const& network,
                                 std::string passphrase)
    : passphrase_(std::move(passphrase)) {
    if (std::filesystem::is_directory(place)) {
        for (auto const& entry : std::filesystem::directory_iterator(place)) {
            if (is_wanted(entry.path(), network)) load(entry.path());
        }
    } else {
        load(place);
    }
    if (ledgers_.empty()) {
        throw base::Error(base::Fault::usage, base::Recovery::never,
                          "recorded: no ledger of " + network + " in " + place.string());
    }
}

void RecordedLedgers::load(std::filesystem::path const& file) {
    for_each_ledger(read_unzipped(file), [&](xdr::Value const& ledger) {
        auto const seq = indexer::stellar::ledger_seq(ledger).value();
        ledgers_.emplace(seq, ledger.wire());
        heads_.emplace(seq, head_of(indexer::stellar::header_entry(ledger)));
    });
}

Slot RecordedLedgers::at_or_before(Slot seq) const {
    auto const after = ledgers_.upper_bound(seq);
    return after == ledgers_.begin() ? first() : std::prev(after)->first;
}

std::optional<Slot> RecordedLedgers::at_or_after(Slot seq) const {
    auto const found = ledgers_.lower_bound(seq);
    return found == ledgers_.end() ? std::nullopt : std::optional(found->first);
}

}  // namespace indexer::simulator::stellar
