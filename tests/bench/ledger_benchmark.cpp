// Real ledgers of the main network, from XDR to rows ready for PostgreSQL, on one core: all tables,
// and each by itself. Rates are bytes of XDR a second. Needs the real chain data of
// tests/support/shared_data.hpp.

#include <cstdint>
#include <string>

#include <benchmark/benchmark.h>

#include "model/table_choice.hpp"
#include "stellar/ledger_decoder.hpp"
#include "stellar/tables.hpp"
#include "tests/golden/stellar/chain_files.hpp"
#include "tests/support/shared_data.hpp"

namespace indexer::stellar {
namespace {

void decode_ledger(benchmark::State& state, std::string const& name, Content const& content) {
    if (test::shared_data().empty()) return state.SkipWithError("set INDEXER_SHARED_DATA");
    auto const bytes = test::read_whole(test::stellar_data() / "ledgers" / (name + ".xdr.gz"));
    LedgerDecoder decoder("Public Global Stellar Network ; September 2015", content);
    for (auto _ : state) benchmark::DoNotOptimize(decoder.decode(bytes));
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
}

int register_all() {
    for (std::string const name : {"pubnet-51000294", "pubnet-57500008", "pubnet-63092990"}) {
        benchmark::RegisterBenchmark(("ledger_rows/" + name).c_str(), decode_ledger, name,
                                     Content{})
            ->Unit(benchmark::kMillisecond);
    }
    for (model::Table const* const table : tables()) {
        auto const name = "ledger_rows/only_" + std::string(model::short_name(*table));
        benchmark::RegisterBenchmark(name.c_str(), decode_ledger, "pubnet-63092990",
                                     Content{.tables = {table}})
            ->Unit(benchmark::kMillisecond);
    }
    return 0;
}

int const kRegistered = register_all();

}  // namespace
}  // namespace indexer::stellar
