#include "tests/simulator/options.hpp"

#include <CLI/CLI.hpp>

#include "base/error.hpp"
#include "tests/simulator/encoding/duration.hpp"
#include "tests/simulator/server/behaviours.hpp"

namespace indexer::simulator {
namespace {

// Runs a parser of ours where CLI11 expects its own kind of error.
template <class Parse>
void checked(Parse parse) {
    try {
        parse();
    } catch (base::Error const& error) {
        throw CLI::ValidationError(error.what());
    }
}

void add_duration(CLI::App& app, std::string const& name, std::chrono::nanoseconds& target,
                  std::string const& help) {
    app.add_option_function<std::string>(
           name,
           [&target](std::string const& text) { checked([&] { target = parse_duration(text); }); },
           help)
        ->type_name("DURATION");
}

void add_chain(CLI::App& app, SeededOptions& seeded) {
    app.add_option("--seed", seeded.chain.seed, "The chain to make up")->capture_default_str();
    app.add_option("--first-slot,--first-ledger", seeded.first_slot, "Where it begins")
        ->capture_default_str();
    app.add_option("--slots,--ledgers", seeded.slots, "How many slots or ledgers it has")
        ->capture_default_str();
    app.add_option("--skip-rate", seeded.chain.skip_rate, "Share of slots without a block")
        ->check(CLI::Range(0.0, Chain::kMostSkipped))
        ->capture_default_str();
    app.add_option("--transactions", seeded.mixture.transactions, "In a block, on average")
        ->capture_default_str();
    app.add_option("--vote-rate", seeded.mixture.vote_rate, "Share of votes among them")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    app.add_option("--failure-rate", seeded.mixture.failure_rate,
                   "Share of failures among those that are not votes")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    app.add_option("--version-1-rate", seeded.mixture.version_1_rate,
                   "Share of version 1 among those that are not votes")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    app.add_option("--distinct-blocks", seeded.distinct_blocks,
                   "How many contents the slots share; 0: each its own")
        ->capture_default_str();
}

void add_node(CLI::App& app, NodeOptions& node) {
    auto& window = node.window;
    app.add_option("--tip", window.tip, "The newest slot at the start (default: the last one)");
    add_duration(app, "--slot-interval,--ledger-interval", window.slot_interval,
                 "The tip moves on by a slot this often (default: it stands still)");
    app.add_option("--first-available", window.first_available,
                   "The lowest slot the node still has (default: the first one)");
    app.add_option("--retention", window.retention,
                   "How many slots it keeps behind the tip (default: all)");
    app.add_option("--last-of-tower", node.last_of_tower,
                   "The slot that getAgGenesisCert certifies, or none (default: no such method)");
    app.add_option("--genesis", node.genesis_hash, "What getGenesisHash answers")
        ->capture_default_str();
}

void add_stellar(CLI::App& app, Options& options) {
    app.add_option("--chain", options.chain, "The chain to serve")
        ->check(CLI::IsMember({"solana", "stellar"}))
        ->capture_default_str();
    app.add_option("--network", options.network, "Stellar: whose passphrase, whose recordings")
        ->check(CLI::IsMember({"pubnet", "testnet"}))
        ->capture_default_str();
    app.add_option("--upgrade-ledger", options.ledgers.upgrade,
                   "Stellar: the last ledger of protocol 22, before 26 (default: after an eighth)");
    app.add_option("--milliseconds-ledger", options.ledgers.milliseconds,
                   "Stellar: the last ledger of protocol 26, before 30 (default: none)");
    app.add_option("--newest-protocol", options.ledgers.newest_protocol,
                   "Stellar: called so in place of 30")
        ->capture_default_str();
    app.add_option("--software", options.software, "Stellar: version that the server says it has")
        ->capture_default_str();
    app.add_option("--dropped-set", options.ledgers.dropped_sets,
                   "Stellar: ledgers whose set of transactions was dropped");
    app.add_option("--unheard-of", options.ledgers.unheard_of,
                   "Stellar: ledgers whose header has an arm that nobody knows");
    app.add_option("--call-rate", options.ledgers.mixture.call_rate,
                   "Stellar: share of calls of tokens, besides those there are anyway")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    app.add_option("--events-per-call", options.ledgers.mixture.events_per_call,
                   "Stellar: events of such a call")
        ->check(CLI::Range(1, 1'000))
        ->capture_default_str();
    app.add_option("--lake-batch", options.lake.ledgers_per_batch,
                   "Stellar: ledgers in an object of the data lake below /lake/")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    app.add_option("--lake-partition", options.lake.batches_per_partition,
                   "Stellar: objects in a partition of it")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    app.add_option("--write-lake", options.write_lake,
                   "Stellar: write that data lake to a folder, and end");
}

void add_faults(CLI::App& app, SimulatorOptions& simulator) {
    auto const add = [&simulator](std::vector<std::string> const& rules) {
        for (std::string const& rule : rules) {
            checked([&] { simulator.faults.push_back(FaultRule::parse(rule)); });
        }
    };
    app.add_option_function<std::vector<std::string>>(
           "--fault", add, "What goes wrong: NAME[:key=value,...]; may be given again")
        ->type_name("RULE");
    app.add_option("--limit-rps", simulator.calls_per_second,
                   "Calls a second above which the answer is HTTP 429 (default: no limit)");
    app.footer("Faults, with the number each can be told:\n" + behaviours_help() +
               "Keys of every fault: rate=0.2 from=3 count=5 each=2 slots=10-20 method=getBlock "
               "within=2s\n");
}

void add_server(CLI::App& app, Options& options) {
    app.add_option("--port", options.port, "0: any free one")->capture_default_str();
    app.add_option("--threads", options.threads, "Connections served at a time")
        ->capture_default_str();
    add_duration(app, "--latency", options.simulator.latency, "Time every answer takes");
    app.add_flag("--gzip", options.simulator.gzip, "Compress for clients that accept it");
    app.add_flag("--die-with-parent", options.die_with_parent,
                 "Stop when the program that started this one ends");
}

// A profile is a set of defaults: what was asked for by name stays.
void apply_profile(CLI::App const& app, std::string const& profile, SeededOptions& seeded) {
    if (profile != "mainnet") return;
    if (app.count("--transactions") == 0) seeded.mixture.transactions = 1'100;
    if (app.count("--distinct-blocks") == 0) seeded.distinct_blocks = 16;
}

// Both chains are made up by the same options.
void apply_to_ledgers(SeededOptions const& seeded, stellar::SeededOptions& ledgers) {
    ledgers.seed = seeded.chain.seed;
    ledgers.first = seeded.first_slot;
    ledgers.count = seeded.slots;
    ledgers.mixture.transactions = static_cast<unsigned>(seeded.mixture.transactions);
    ledgers.mixture.failure_rate = seeded.mixture.failure_rate;
}

}  // namespace

std::optional<int> parse(int argc, char const* const* argv, Options& options) {
    CLI::App app("A deterministic Solana and Stellar JSON-RPC server, for tests and benchmarks.",
                 "indexer-simulator");
    app.add_option("--recorded", options.recorded,
                   "Serve the answers in a folder: block_<slot>.json, getBlock_<slot>_*.json; of "
                   "Stellar the ledgers in <network>-*.xdr[.gz], or in one file")
        ->check(CLI::ExistingPath);
    std::string profile = "small";
    app.add_option("--block-profile", profile,
                   "small: a few transactions; mainnet: about 3 MB, from 16 contents")
        ->check(CLI::IsMember({"small", "mainnet"}))
        ->capture_default_str();
    add_chain(app, options.seeded);
    add_stellar(app, options);
    add_node(app, options.node);
    add_server(app, options);
    add_faults(app, options.simulator);
    try {
        app.parse(argc, argv);
        apply_profile(app, profile, options.seeded);
    } catch (CLI::ParseError const& error) {
        return app.exit(error);
    }
    apply_to_ledgers(options.seeded, options.ledgers);
    options.simulator.seed = options.seeded.chain.seed;
    options.seeded.deflate = options.simulator.gzip;
    return std::nullopt;
}

}  // namespace indexer::simulator
