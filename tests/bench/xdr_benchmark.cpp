// Bytes of real ledgers a second, on one core: decoded, walked as a row decoder walks them, and
// written as JSON. Needs the real chain data of tests/support/shared_data.hpp.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include <benchmark/benchmark.h>

#include "stellar/base64.hpp"
#include "stellar/xdr/decoder.hpp"
#include "stellar/xdr/json.hpp"
#include "stellar/xdr/schema.hpp"
#include "stellar/xdr/text.hpp"
#include "tests/golden/stellar/chain_files.hpp"
#include "tests/support/shared_data.hpp"

namespace indexer::stellar {
namespace {

constexpr char const* kProtocol20 = "pubnet-51000294";
constexpr char const* kProtocol26 = "pubnet-63092990";

std::string read_ledger(benchmark::State& state, char const* name) {
    if (test::shared_data().empty()) {
        state.SkipWithError("no chain data: set INDEXER_SHARED_DATA");
        return {};
    }
    return test::read_whole(test::stellar_data() / "ledgers" / (std::string(name) + ".xdr.gz"));
}

xdr::Type const& ledger_type() {
    return xdr::stellar_schema().type("LedgerCloseMeta");
}

void count_bytes(benchmark::State& state, std::string const& bytes) {
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
}

void xdr_decode(benchmark::State& state, char const* name) {
    auto const bytes = read_ledger(state, name);
    xdr::Decoder decoder;
    for (auto _ : state) benchmark::DoNotOptimize(decoder.decode(ledger_type(), bytes));
    count_bytes(state, bytes);
}

// What rows are made from: hashes, results, changed entries, events and their topics.
class Walk {
  public:
    void ledger(xdr::Value const& meta) {
        for (auto const transaction : meta["tx_processing"]) {
            result(transaction["result"]);
            changes(transaction["fee_processing"]);
            transaction_meta(*transaction["tx_apply_processing"].content());
        }
    }

    std::uint64_t seen = 0;

  private:
    void result(xdr::Value const& pair) {
        seen += pair["transaction_hash"].bytes().size();
        seen += static_cast<std::uint64_t>(pair["result"]["fee_charged"].integer());
        seen += pair["result"]["result"].arm().size();
    }

    void changes(xdr::Value const& changes) {
        for (auto const change : changes) {
            auto const entry = *change.content();
            seen += change.arm() == "removed" ? entry.arm().size() : entry["data"].arm().size();
        }
    }

    void transaction_meta(xdr::Value const& meta) {
        auto const has_events = meta.type().name == "TransactionMetaV4";
        for (auto const operation : meta["operations"]) {
            changes(operation["changes"]);
            if (has_events) events(operation["events"]);
        }
        auto const soroban = meta["soroban_meta"].present();
        if (soroban && !has_events) events((*soroban)["events"]);
    }

    void events(xdr::Value const& events) {
        for (auto const event : events) {
            auto const body = *event["body"].content();
            for (auto const topic : body["topics"]) seen += topic.arm().size();
            seen += body["data"].wire().size();
            if (auto const contract = event["contract_id"].present()) {
                seen += xdr::text_of(*contract).size();
            }
        }
    }
};

void xdr_walk(benchmark::State& state, char const* name) {
    auto const bytes = read_ledger(state, name);
    xdr::Decoder decoder;
    auto const ledger =
        bytes.empty() ? std::nullopt : std::optional(decoder.decode(ledger_type(), bytes));
    for (auto _ : state) {
        Walk one;
        one.ledger(*ledger->content());
        benchmark::DoNotOptimize(one.seen);
    }
    count_bytes(state, bytes);
}

void xdr_json(benchmark::State& state, char const* name) {
    auto const bytes = read_ledger(state, name);
    xdr::Decoder decoder;
    std::string text;
    for (auto _ : state) {
        text.clear();
        xdr::append_json(text, decoder.decode(ledger_type(), bytes));
        benchmark::DoNotOptimize(text.data());
    }
    count_bytes(state, bytes);
    state.counters["json_per_xdr"] =
        static_cast<double>(text.size()) / static_cast<double>(bytes.size());
}

void base64(benchmark::State& state) {
    std::string const text(1U << 20U, 'A');
    std::string bytes;
    for (auto _ : state) benchmark::DoNotOptimize(decode_base64(text, bytes));
    count_bytes(state, text);
}

void xdr_schema(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(xdr::Schema(xdr::stellar_schema_texts()));
}

BENCHMARK_CAPTURE(xdr_decode, protocol_20, kProtocol20);
BENCHMARK_CAPTURE(xdr_decode, protocol_26, kProtocol26);
BENCHMARK_CAPTURE(xdr_walk, protocol_20, kProtocol20);
BENCHMARK_CAPTURE(xdr_walk, protocol_26, kProtocol26);
BENCHMARK_CAPTURE(xdr_json, protocol_20, kProtocol20);
BENCHMARK_CAPTURE(xdr_json, protocol_26, kProtocol26);
BENCHMARK(base64);
BENCHMARK(xdr_schema);

}  // namespace
}  // namespace indexer::stellar
