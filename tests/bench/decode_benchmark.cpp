#include <algorithm>
#include <ctime>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <simdjson.h>

#include "rpc/envelope.hpp"
#include "solana/base58.hpp"
#include "solana/block_decoder.hpp"
#include "solana/invariants.hpp"
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

// Reads a block's transactions, each into the same place as the decoder does, and looks once more
// at what of them is checked when told to.
class Reader {
  public:
    explicit Reader(Block const& block) : block_(block) { header_.slot = block.slot; }

    void read(bool check) {
        ondemand::document document = parser_.iterate(simdjson::padded_string_view(block_.answer));
        listed_.clear();
        for (ondemand::object element : document["result"]["transactions"].get_array()) {
            parse_transaction(element, transaction_, Balances::of_successful);
            listed_.push_back({transaction_.signature, transaction_.executed});
            bool const active =
                transaction_.executed && !transaction_.failed() && !is_vote(transaction_);
            if (active) activity_.load(transaction_);
            if (check) check_again(active);
        }
        if (check) benchmark::DoNotOptimize(first_repeated(listed_));
    }

  private:
    void check_again(bool active) {
        auto const recording = recording_of(header_);
        benchmark::DoNotOptimize(base58::spells64(transaction_.signature));
        for (auto const key : transaction_.accounts) {
            benchmark::DoNotOptimize(base58::spells32(key));
        }
        check_invariants(transaction_, recording);
        if (active) check_balances(transaction_, activity_, recording);
    }

    Block const& block_;
    ondemand::parser parser_;
    BlockHeader header_;
    Transaction transaction_;
    Activity activity_;
    std::vector<Listed> listed_;
};

double seconds_of_cpu() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

template <class Work>
double cost_of(Work work) {
    auto const begin = seconds_of_cpu();
    work();
    return seconds_of_cpu() - begin;
}

// What it costs to check each transaction once more: as a part of decoding the same block a moment
// before, so that it does not follow how fast the machine is just now.
void check(benchmark::State& state) {
    auto const input = block(state);
    if (input.answer.empty()) return;
    Reader reader(input);
    BlockDecoder decoder(Content{});
    std::vector<double> shares;
    for (auto _ : state) {
        auto const all =
            cost_of([&] { benchmark::DoNotOptimize(decoder.decode(input.answer, input.slot)); });
        auto const without = cost_of([&] { reader.read(false); });
        auto const with = cost_of([&] { reader.read(true); });
        shares.push_back(100 * (with - without) / (all - (with - without)));
        state.SetIterationTime(with - without);
    }
    std::sort(shares.begin(), shares.end());
    state.counters["percent_of_the_rest"] = shares[shares.size() / 2];
}

void blocks(benchmark::internal::Benchmark* benchmark) {
    benchmark->Arg(254170887)->Arg(332254855)->Unit(benchmark::kMillisecond);
}

BENCHMARK(bare_walk)->Apply(blocks);
BENCHMARK(check_envelope)->Apply(blocks);
BENCHMARK_CAPTURE(decode, without_votes, Content{})->Apply(blocks);
BENCHMARK_CAPTURE(decode, with_votes, Content{.votes = true})->Apply(blocks);
BENCHMARK(decode_and_encode)->Apply(blocks);
BENCHMARK(check)->Apply(blocks)->UseManualTime()->Iterations(200);

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
