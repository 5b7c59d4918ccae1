#include <algorithm>
#include <string>

#include <benchmark/benchmark.h>
#include <simdjson.h>

#include "rpc/envelope.hpp"
#include "solana/base58.hpp"
#include "solana/block_decoder.hpp"
#include "store/table_rows.hpp"
#include "tests/support/shared_data.hpp"

// Decoding whole mainnet blocks, beside a bare walk over the same bytes: what is left between the
// two is ours. Rates are bytes of JSON a second.
namespace indexer::solana {
namespace {

namespace ondemand = simdjson::ondemand;

struct Block {
    std::string answer;
    base::Seq slot;
};

Block block(benchmark::State& state) {
    auto const slot = static_cast<std::uint64_t>(state.range(0));
    auto const folder = test::shared_data();
    if (folder.empty()) {
        state.SkipWithError("no chain data: set INDEXER_SHARED_DATA");
        return {};
    }
    auto const file = "block_" + std::to_string(slot) + ".json";
    return {test::read_file(folder / "solana/blocks" / file), base::Seq(slot)};
}

void report(benchmark::State& state, Block const& block) {
    state.SetBytesProcessed(static_cast<std::int64_t>(block.answer.size()) *
                            static_cast<std::int64_t>(state.iterations()));
}

// Visits every value once and looks at none: strings and numbers stay where they are.
std::size_t walk(ondemand::value value) {
    std::size_t values = 1;
    switch (ondemand::json_type const type = value.type(); type) {
        case ondemand::json_type::object:
            for (ondemand::field field : value.get_object()) values += walk(field.value());
            break;
        case ondemand::json_type::array:
            for (ondemand::value element : value.get_array()) values += walk(element);
            break;
        default:
            benchmark::DoNotOptimize(value.raw_json_token());
    }
    return values;
}

void bare_walk(benchmark::State& state) {
    auto const input = block(state);
    ondemand::parser parser;
    for (auto _ : state) {
        ondemand::document document = parser.iterate(simdjson::padded_string_view(input.answer));
        benchmark::DoNotOptimize(walk(document.find_field_unordered("result")));
    }
    report(state, input);
}

void check_envelope(benchmark::State& state) {
    auto const input = block(state);
    ondemand::parser parser;
    for (auto _ : state) benchmark::DoNotOptimize(rpc::read_answer(parser, input.answer, 1));
    report(state, input);
}

void decode(benchmark::State& state, Content content) {
    auto const input = block(state);
    BlockDecoder decoder(content);
    for (auto _ : state) benchmark::DoNotOptimize(decoder.decode(input.answer, input.slot));
    report(state, input);
}

// What a writer makes of a block's rows: the parameters of its upserts.
void encode(model::Block const& block) {
    constexpr std::size_t kBatchSize = 100;
    for (model::RowBatch const& batch : block.rows) {
        store::TableRows rows(batch.table());
        rows.add(batch);
        rows.arrange();
        for (std::size_t from = 0; from < rows.size(); from += kBatchSize) {
            auto const size = std::min(kBatchSize, rows.size() - from);
            benchmark::DoNotOptimize(rows.columns(from, size));
        }
    }
}

// All that a block costs between the node's answer and PostgreSQL's wire format.
void decode_and_encode(benchmark::State& state) {
    auto const input = block(state);
    BlockDecoder decoder(Content{});
    for (auto _ : state) encode(decoder.decode(input.answer, input.slot));
    report(state, input);
}

void blocks(benchmark::internal::Benchmark* benchmark) {
    benchmark->Arg(254170887)->Arg(332254855)->Unit(benchmark::kMillisecond);
}

BENCHMARK(bare_walk)->Apply(blocks);
BENCHMARK(check_envelope)->Apply(blocks);
BENCHMARK_CAPTURE(decode, without_votes, Content{})->Apply(blocks);
BENCHMARK_CAPTURE(decode, with_votes, Content{.votes = true})->Apply(blocks);
BENCHMARK(decode_and_encode)->Apply(blocks);

constexpr std::string_view kKey = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";

void decode_key(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(base58::decode32(kKey));
}
BENCHMARK(decode_key);

void encode_key(benchmark::State& state) {
    auto const key = base58::decode32(kKey).value();
    for (auto _ : state) benchmark::DoNotOptimize(base58::encode(key));
}
BENCHMARK(encode_key);

}  // namespace
}  // namespace indexer::solana
