#include "cli/options.hpp"

#include <cstdint>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/duration.hpp"
#include "cli/option_group.hpp"

namespace indexer::cli {
namespace {

constexpr unsigned kMostThreads = 1'000;
constexpr unsigned kMostRows = 100'000;

// URLs separated by white space, so that one environment variable can name several.
std::vector<config::Endpoint> split_urls(std::vector<std::string> const& texts) {
    std::vector<config::Endpoint> endpoints;
    for (std::string const& text : texts) {
        std::istringstream words(text);
        for (std::string url; words >> url;) endpoints.emplace_back(url);
    }
    return endpoints;
}

// A URL that comes from a file or a CI system often ends on a newline, or on CR and newline.
base::Secret url_in(std::string const& option, std::string const& text) {
    constexpr auto kWhite = " \t\r\n\f\v";
    auto const begin = text.find_first_not_of(kWhite);
    if (begin == std::string::npos) throw CLI::ValidationError(option, "its value is empty");
    return base::Secret(text.substr(begin, text.find_last_not_of(kWhite) + 1 - begin));
}

// The place behind "lake:"; nothing for "rpc".
base::Secret lake_in(std::string const& text) {
    constexpr std::string_view kLake = "lake:";
    if (text == "rpc") return {};
    if (text.starts_with(kLake) && text.size() > kLake.size()) {
        return base::Secret(text.substr(kLake.size()));
    }
    throw CLI::ValidationError("--source", "neither rpc nor lake:FOLDER nor lake:URL");
}

}  // namespace

void add_source_option(CLI::App& app, config::Options& options) {
    auto& lake = options.stellar.lake;
    Group(app, "Stellar")
        .parsed<std::string>(
            "--source",
            [&lake](std::string const& text) { lake = lake_in(url_in("--source", text).reveal()); },
            "Where ledgers come from: rpc, or lake:FOLDER or lake:URL, a data lake (SEP-54).",
            "PLACE")
        ->envname("INDEXER_SOURCE")
        ->default_str("rpc");
}

void add_chain_option(CLI::App& app, config::Options& options) {
    Group(app, "Chain")
        .choice("--chain", options.named_chain,
                "The chain; by itself solana, or stellar where a ledger is named.",
                {"solana", "stellar"})
        ->default_str("");
}

void add_range_options(CLI::App& app, config::Options& options) {
    Group range(app, "Range");
    range.ends(options, "First {} to copy.", "Last {} to copy, itself included; else the tip.");
    range.flag("--force", options.force, "Fetch what is stored already, and mend it.");
    range.flag("--dry-run", options.dry_run, "Print what would be fetched; write nothing.");
}

void add_poll_options(CLI::App& app, config::Options& options) {
    Group group(app, "Following");
    config::Poll& poll = options.poll;
    group.start(options, "Where to begin; else where the dataset begins; else the tip.");
    group.duration("--interval", poll.interval, "Time between two questions for the tip.");
    group.flag("--until-caught-up", poll.until_caught_up,
               "End when what was the tip at most 5 s before was reached, for cron and CI.");
    group.parsed<std::string>(
        "--max-runtime",
        [&poll](std::string const& text) { poll.max_runtime = to_duration("--max-runtime", text); },
        "End after this time; progress is kept.", "DURATION");
    group
        .option("--on-lock", poll.on_lock,
                "When another poller of this database runs: fail, skip or wait.", "WORD")
        ->transform(CLI::CheckedTransformer(
                        std::map<std::string, config::OnLock>{{"fail", config::OnLock::fail},
                                                              {"skip", config::OnLock::skip},
                                                              {"wait", config::OnLock::wait}})
                        .description(""))
        ->default_str("fail");
    group.duration("--heal-interval", poll.heal_interval,
                   "Time until gaps are asked for again; it doubles while they stay.");
    group.duration("--max-heal-interval", poll.max_heal_interval, "Longest such time.");
}

void add_endpoint_options(CLI::App& app, config::Options& options) {
    Group endpoints(app, "Endpoints");
    config::Rpc& rpc = options.rpc;
    auto const store_urls = [&rpc](std::vector<std::string> const& texts) {
        rpc.endpoints = split_urls(texts);
    };
    endpoints
        .parsed<std::vector<std::string>>("--rpc-url", store_urls,
                                          "JSON-RPC endpoint; may be repeated.", "URL")
        ->take_all()
        ->expected(1)
        ->envname("INDEXER_RPC_URL");
    endpoints.duration("--connect-timeout", rpc.connect_timeout, "For reaching an endpoint.");
    endpoints.duration("--timeout", rpc.timeout, "For one call, from first to last byte.");
    endpoints.size(
        "--max-response-size", rpc.max_response_bytes,
        "A longer answer is refused while it arrives; also one of more than a twelfth of "
        "--max-memory.");
    endpoints
        .parsed<std::size_t>(
            "--max-memory",
            [&options](std::size_t const& bytes) { options.pipeline.max_memory = bytes; },
            "Most memory for what is under way; else half of the cgroup's limit or of the "
            "machine's "
            "memory, from 64MiB to 4GiB.",
            "SIZE")
        ->transform(CLI::AsSizeValue(false).description(""));
    endpoints
        .option("--rps", rpc.rps,
                "Most calls a second to each endpoint; else as many as it turns out to allow.", "N")
        ->check(CLI::PositiveNumber.description(""));
    endpoints.number("--max-attempts", rpc.max_attempts, 1, 1'000, "Tries of one call.");
    endpoints.parsed<std::string>(
        "--max-call-time",
        [&rpc](std::string const& text) { rpc.max_elapsed = to_duration("--max-call-time", text); },
        "Longest that one call is tried, its waits included; else without end.", "DURATION");
    endpoints.duration("--backoff", rpc.backoff_base,
                       "Longest wait after a first failure; it doubles with each further one.");
    endpoints.duration("--max-backoff", rpc.backoff_cap, "Longest wait between two tries.");
    endpoints.flag("--gzip,!--no-gzip", rpc.gzip, "Ask for compressed answers (the default).");
    endpoints.number("--breaker-failures", options.breaker.failures, 1, 1'000,
                     "Failures in a row after which an endpoint is left alone for a while.");
    endpoints.duration("--breaker-open", options.breaker.open_for,
                       "How long it is left alone; up to a tenth longer.");
    endpoints.number("--breaker-probes", options.breaker.probes, 1, 1'000,
                     "Calls that must succeed then, before it is called as usual.");
    endpoints.duration("--quarantine", rpc.quarantine,
                       "How long an endpoint is not asked whose blocks contradict the chain.");
}

void add_shared_rate_option(CLI::App& app, config::Options& options) {
    Group(app, "Endpoints")
        .option("--shared-rps", options.rpc.shared_rps,
                "Most calls a second to each endpoint by all who copy into this database and say "
                "the same.",
                "N")
        ->check(CLI::PositiveNumber.description(""));
}

void add_table_option(CLI::App& app, config::Options& options) {
    auto& solana = options.solana.tables;
    auto& stellar = options.stellar.tables;
    // Which chain's they are is only known when all options are; its source checks the names.
    auto const store = [&solana, &stellar](std::vector<std::string> const& names) {
        solana = names;
        stellar = names;
    };
    Group(app, "Tables")
        .parsed<std::vector<std::string>>(
            "--tables", store,
            fmt::format("Tables to write, all by default. Of solana: {}. Of stellar: {}.",
                        fmt::join(solana, ","), fmt::join(stellar, ",")),
            "LIST")
        ->delimiter(',');
}

void add_commitment_option(CLI::App& app, config::Options& options) {
    Group group(app, "Solana");
    group.choice(
        "--commitment", options.solana.commitment,
        "How final a block must be. finalized costs no more than confirmed since Alpenglow.",
        {"finalized", "confirmed"});
}

void add_solana_options(CLI::App& app, config::Options& options) {
    add_commitment_option(app, options);
    Group group(app, "Solana");
    config::Solana& solana = options.solana;
    auto const addresses = [&](std::string const& name, std::vector<std::string>& target,
                               std::string const& text) {
        group.option(name, target, text, "ADDRESS")->take_all()->expected(1);
    };
    addresses("--program", solana.programs,
              "Write only rows of transactions that call this program; may be repeated.");
    addresses("--mint", solana.mints,
              "Write only transfers and swaps of this token, and transactions that hold it; may be "
              "repeated.");
    addresses("--account", solana.accounts,
              "Write only rows in which this account takes part; may be repeated.");
    group.option("--network", solana.network,
                 "Genesis hash of the network, for endpoints that do not tell it.", "HASH");
    group.flag("--include-votes", solana.include_votes,
               "Write vote transactions too. They are always counted.");
    group.flag("--rewards", solana.rewards, "Fetch and write the rewards of each block.");
    group.number("--max-transaction-version", solana.max_transaction_version, 0, 255,
                 "Highest transaction version to ask for.");
    group.number("--blocks-per-list", solana.blocks_per_list, 1, 500'000,
                 "Slots asked of one getBlocks call; providers cap it.");
}

void add_stellar_options(CLI::App& app, config::Options& options) {
    Group group(app, "Stellar");
    config::Stellar& stellar = options.stellar;
    add_source_option(app, options);
    auto const names = [&](std::string const& name, std::vector<std::string>& target,
                           std::string const& text, std::string const& type) {
        group.option(name, target, text, type)->take_all()->expected(1);
    };
    names("--contract", stellar.contracts,
          "Ask for this contract's events only, and what they belong to; may be given again.",
          "CONTRACT");
    names("--topic", stellar.topics,
          "Ask for events with these topics only, such as transfer,*,GABC...,**; may be given "
          "again.",
          "TOPICS");
    group.number("--page-ledgers", stellar.page_ledgers, 1, 200,
                 "Most ledgers asked of one getLedgers call.");
    group.size("--page-size", stellar.page_bytes, "Size of an answer at which pages stop growing.");
    group.duration("--page-time", stellar.page_time,
                   "Duration of a call at which pages stop growing.");
}

void add_pipeline_options(CLI::App& app, config::Options& options) {
    Group group(app, "Pipeline");
    config::Pipeline& pipeline = options.pipeline;
    group.number("--concurrency", pipeline.concurrency, 1, kMostThreads,
                 "Blocks fetched at the same time.");
    group.number("--writers", pipeline.writers, 1, kMostThreads,
                 "Connections that write at the same time.");
    group.number("--batch-size", pipeline.batch_size, 1, kMostRows, "Most rows a statement.");
    group.number("--queue-capacity", pipeline.queue_capacity, 1, 1'000'000,
                 "Most blocks that wait to be written; a full queue makes fetching wait.");
    group.size("--queue-size", pipeline.queue_bytes, "Most memory of those blocks.");
    group.number("--group-blocks", pipeline.group_blocks, 1, kMostRows,
                 "Most blocks written in one transaction.");
    group.size("--group-size", pipeline.group_bytes,
               "Memory of rows after which a transaction is full.");
    group.duration("--flush-interval", pipeline.flush_interval,
                   "Longest that a block waits for its transaction to fill.");
    group.number("--max-write-attempts", pipeline.max_write_attempts, 1, 1'000,
                 "Tries of one transaction.");
    add_stop_option(app, options);
}

void add_stop_option(CLI::App& app, config::Options& options) {
    Group(app, "Pipeline")
        .duration("--stop-timeout", options.pipeline.stop_timeout,
                  "Longest time that a stop waits for what was begun to end.");
}

void add_database_options(CLI::App& app, config::Options& options) {
    Group group(app, "Database");
    config::Database& database = options.database;
    group
        .parsed<std::string>(
            "--database-url",
            [&database](std::string const& url) { database.url = url_in("--database-url", url); },
            "PostgreSQL to use. Without it, and without PGHOST, PGSERVICE or PGDATABASE: a "
            "private server.",
            "URL")
        ->envname("DATABASE_URL");
    add_private_server_options(app, options);
    group.duration("--database-connect-timeout", database.connect_timeout,
                   "For reaching the server.");
    group.duration("--statement-timeout", database.statement_timeout,
                   "For one statement; 0s: none.");
    group.number("--pool-max-open", database.pool_max_open, 1, kMostThreads, "Most connections.");
    group.number("--pool-max-idle", database.pool_max_idle, 0, kMostThreads,
                 "Most connections kept while unused.");
    group.duration("--pool-max-lifetime", database.pool_max_lifetime,
                   "Age at which a connection is replaced.");
    group.duration("--pool-max-idle-time", database.pool_max_idle_time,
                   "Idle time after which a connection is closed.");
}

void add_listener_option(CLI::App& app, config::Options& options) {
    Group(app, "Monitoring")
        .option("--listen", options.observe.listen,
                "Ask the run that was given this address how it fares, its breakers included.",
                "HOST:PORT");
}

void add_observe_options(CLI::App& app, config::Options& options) {
    Group group(app, "Monitoring");
    config::Observe& observe = options.observe;
    group.option("--listen", observe.listen,
                 "Serve /metrics, /health and /ready there, as on 127.0.0.1:9464; port 0 is any "
                 "free one.",
                 "HOST:PORT");
    group.option("--metrics-file", observe.metrics_file,
                 "Write the same metrics there, for node_exporter's textfile collector.", "FILE");
    group.duration("--metrics-interval", observe.metrics_interval, "How often that is written.");
    group.duration("--stall-after", observe.stall_after,
                   "Time without progress after which the run is not healthy.");
    group.number("--ready-lag", observe.ready_lag, 0, 1'000'000'000,
                 "Most seqs behind the tip at which the run is ready.");
    group
        .parsed<std::string>(
            "--ping-url",
            [&observe](std::string const& url) { observe.ping_url = url_in("--ping-url", url); },
            "GET this after success, as healthchecks.io expects.", "URL")
        ->envname("INDEXER_PING_URL");
}

void add_private_server_options(CLI::App& app, config::Options& options) {
    Group(app, "Database")
        .option("--data-dir", options.embedded.data_dir, "Where the private server keeps its data.",
                "DIR")
        ->envname("INDEXER_DATA_DIR");
}

void add_output_options(CLI::App& app, config::Options& options) {
    Group(app, "Output")
        .option("--output", options.output, "How results are printed: text or json.", "WORD")
        ->transform(CLI::CheckedTransformer(std::map<std::string, config::OutputFormat>{
                                                {"text", config::OutputFormat::text},
                                                {"json", config::OutputFormat::json}})
                        .description(""))
        ->default_str("text");
    add_log_options(app, options);
}

void add_log_options(CLI::App& app, config::Options& options) {
    Group group(app, "Output");
    group.flag("--quiet,-q", options.log.quiet, "Print errors only, and no progress.");
    group.choice("--log-level", options.log.level, "Least level that is logged.",
                 {"debug", "info", "warn", "error"});
    group.choice("--log-format", options.log.format, "How messages are logged: text or json.",
                 {"text", "json"});
}

}  // namespace indexer::cli
