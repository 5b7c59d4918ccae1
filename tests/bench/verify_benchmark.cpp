#include <chrono>
#include <stdexcept>
#include <string>

#include <benchmark/benchmark.h>

#include "tests/bench/setting.hpp"
#include "tests/places.hpp"
#include "tests/support/temp_database.hpp"
#include "tests/world/process.hpp"

// indexer verify over a history of 1,000,000 blocks that SQL makes up, with right links, counts and
// digests of order: without transactions, and with one in each block. Needs
// INDEXER_TEST_DATABASE_URL.
namespace indexer::test {
namespace {

// Of slots from 1,000,000 on each twentieth was skipped.
constexpr auto kFill = R"(
create function a_hash(slot bigint) returns text language sql immutable as
    $$ select substr(md5(slot::text) || md5((slot + 1)::text), 1, 44) $$;
insert into indexer.contents (chain, content, tables)
values ('solana', 'blocks,transactions,token_transfers,sol_transfers,swaps',
        '{solana.blocks,solana.transactions,solana.token_transfers,solana.sol_transfers,solana.swaps}');
insert into solana.blocks
    (slot, blockhash, parent_slot, previous_blockhash, transaction_count, vote_count, failed_count,
     total_fee, decoder_version)
select slot, a_hash(slot), parent, a_hash(parent), :transactions, 0, 0, 5000, 1
from (select slot, lag(slot, 1, 999999::bigint) over (order by slot) as parent
      from generate_series(1000000, 2052630::bigint) as slot where slot % 20 <> 19) as block;
insert into solana.transactions
    (slot, transaction_index, signature, is_vote, success, fee, fee_payer, signature_count,
     account_count, instruction_count, inner_instruction_count, recent_blockhash)
select slot, 0, md5('1' || slot) || md5('2' || slot) || substr(md5('3' || slot), 1, 24), false, true,
       5000, blockhash, 1, 3, 1, 0, previous_blockhash
from solana.blocks where :transactions = 1 order by slot;
insert into indexer.blocks
    (content_id, seq, hash, parent_seq, parent_hash, transactions, row_counts, row_digests,
     order_digest, decoder_version)
select 1, block.slot, blockhash, parent_slot, previous_blockhash, :transactions,
       array[1, :transactions, 0, 0, 0], array[block.slot * 7919, block.slot * 104729, 0, 0, 0],
       sha256(convert_to(coalesce(signature, ''), 'UTF8')), 1
from solana.blocks as block left join solana.transactions using (slot) order by block.slot;
insert into indexer.segments
    (chain, content, first_seq, last_seq, left_seq, left_hash, right_seq, right_hash, blocks,
     transactions)
select 'solana', 'blocks,transactions,token_transfers,sol_transfers,swaps', 1000000, max(slot),
       999999, a_hash(999999), max(slot), a_hash(max(slot)), count(*), count(*) * :transactions
from solana.blocks;
analyze;
)";

void fill(std::string const& url, std::int64_t transactions) {
    std::string sql = kFill;
    std::string const name = ":transactions";
    for (auto at = sql.find(name); at != std::string::npos; at = sql.find(name, at)) {
        sql.replace(at, name.size(), std::to_string(transactions));
    }
    query(url, sql);
}

Finished indexer(std::string const& command, std::string const& url) {
    auto done = run_program({INDEXER_PROGRAM, command}, {{"DATABASE_URL", url}});
    if (done.exit_code != 0) throw std::runtime_error(done.out + done.err);
    return done;
}

// Arguments: transactions a block.
void verify_a_million_blocks(benchmark::State& state) {
    if (!possible(state)) return;
    TempDatabase const database;
    indexer("migrate", database.url());
    fill(database.url(), state.range(0));
    Seconds cpu{0};
    while (state.KeepRunning()) {
        auto const before = cpu_of_ended_sessions(database.url());
        auto const began = std::chrono::steady_clock::now();
        auto const done = indexer("verify", database.url());
        state.SetIterationTime(Seconds(std::chrono::steady_clock::now() - began).count());
        cpu += cpu_of_ended_sessions(database.url()) - before;
        if (done.out.find("1,000,000, and 52,631 seqs") == std::string::npos) {
            return state.SkipWithError(done.out.c_str());
        }
    }
    state.counters["server_cpu_s"] = cpu.count() / static_cast<double>(state.iterations());
}
BENCHMARK(verify_a_million_blocks)
    ->Arg(0)
    ->Arg(1)
    ->Iterations(3)
    ->UseManualTime()
    ->Unit(benchmark::kSecond);

}  // namespace
}  // namespace indexer::test
