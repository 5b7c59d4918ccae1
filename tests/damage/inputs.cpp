#include "tests/damage/inputs.hpp"

#include <fmt/format.h>

#include "stellar/xdr/decoder.hpp"
#include "stellar/xdr/schema.hpp"
#include "tests/golden/stellar/chain_files.hpp"
#include "tests/support/shared_data.hpp"

namespace indexer::damage {
namespace {

namespace fs = std::filesystem;

// Of a real block, so many pieces of so many transactions, from all over it.
constexpr std::size_t kPieces = 12;
constexpr std::size_t kInPiece = 4;
// A ledger of more bytes takes too long to be decoded a thousand times.
constexpr std::size_t kLargestLedger = 700'000;

constexpr auto kPubnet = "Public Global Stellar Network ; September 2015";
constexpr auto kTestnet = "Test SDF Network ; September 2015";

base::Seq number_in(fs::path const& file) {
    auto const name = file.filename().string();
    return base::Seq(std::stoull(name.substr(name.find_first_of("0123456789"))));
}

void add_pieces(fs::path const& file, std::vector<SolanaInput>& inputs) {
    auto const whole = parse(test::read_file(file));
    auto const* const result = whole.member("result");
    auto const* const all = result == nullptr ? nullptr : result->member("transactions");
    if (all == nullptr) return;
    auto const pieces = std::min(kPieces, all->parts.size() / kInPiece);
    for (std::size_t piece = 0; piece < pieces; ++piece) {
        auto answer = whole;
        auto& transactions = answer.member("result")->member("transactions")->parts;
        transactions.clear();
        for (std::size_t i = 0; i < kInPiece; ++i) {
            transactions.push_back(all->parts[piece + i * pieces]);
        }
        if (auto* const rewards = answer.member("result")->member("rewards")) {
            rewards->parts.resize(std::min<std::size_t>(rewards->parts.size(), 2));
        }
        inputs.push_back({fmt::format("{} {}", file.stem().string(), piece), number_in(file),
                          std::move(answer)});
    }
}

base::Seq ledger_of(std::string const& bytes) {
    stellar::xdr::Decoder decoder;
    auto const ledger =
        decoder.decode(stellar::xdr::stellar_schema().type("LedgerCloseMeta"), bytes);
    auto const header = (*ledger.content())["ledger_header"]["header"];
    return base::Seq(static_cast<std::uint64_t>(header["ledger_seq"].integer()));
}

void add_ledger(std::string name, std::string passphrase, std::string bytes,
                std::vector<StellarInput>& inputs) {
    if (bytes.size() > kLargestLedger) return;
    auto const seq = ledger_of(bytes);
    inputs.push_back({std::move(name), std::move(passphrase), seq, XdrLedger(std::move(bytes))});
}

}  // namespace

std::vector<SolanaInput> solana_inputs(fs::path const& repository, fs::path const& data) {
    std::vector<SolanaInput> inputs;
    for (auto const& file : test::files_in(repository / "tests/golden/solana", "")) {
        if (file.extension() != ".json") continue;
        inputs.push_back({file.stem().string(), number_in(file), parse(test::read_file(file))});
    }
    if (data.empty()) return inputs;
    for (auto const& file : test::files_in(data / "solana/blocks", "")) {
        if (file.extension() == ".json") add_pieces(file, inputs);
    }
    return inputs;
}

std::vector<StellarInput> stellar_inputs(fs::path const& repository, fs::path const& data) {
    std::vector<StellarInput> inputs;
    for (auto const& file : test::files_ending(repository / "tests/golden/stellar", ".base64")) {
        std::string text;
        for (auto const& line : test::read_lines(file)) text += line;
        add_ledger(file.stem().string(), kTestnet, test::from_base64(text), inputs);
    }
    if (data.empty()) return inputs;
    for (auto const& file : test::files_ending(data / "stellar/ledgers", ".xdr.gz")) {
        auto const name = file.filename().string();
        if (name.starts_with("core-")) continue;
        auto const* const passphrase = name.starts_with("pubnet") ? kPubnet : kTestnet;
        test::for_each_ledger(file, [&](stellar::xdr::Value const& ledger) {
            add_ledger(name, passphrase, std::string(ledger.wire()), inputs);
        });
    }
    return inputs;
}

}  // namespace indexer::damage
