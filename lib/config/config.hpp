#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/secret.hpp"
#include "base/seq.hpp"

// What the program was asked to do. Every default value of the program lives in this file; the
// command line's help, the man page and the config file read them from here.
namespace indexer::config {

using std::chrono::milliseconds;

// One of the places that serve the chain.
struct Endpoint {
    Endpoint() = default;
    explicit Endpoint(std::string url_text) : url(std::move(url_text)) {}

    std::string name;  // in logs and metrics; empty: the URL without what may be secret
    base::Secret url;
    std::vector<base::Secret> headers;  // "Name: value"
    std::optional<double> rps;          // calls a second; nothing: what Rpc says
    double weight = 1;                  // of two that are equally fast, its share of the calls
};

struct Rpc {
    std::vector<Endpoint> endpoints;
    std::optional<double> rps;  // calls a second of each endpoint; nothing: as many as it takes
    std::optional<double> shared_rps;  // the same of all processes that use the database together
    milliseconds connect_timeout{10'000};
    milliseconds timeout{60'000};                         // one call, from connect to last byte
    std::size_t max_response_bytes = 512U * 1024 * 1024;  // more is an error, not an allocation
    unsigned max_attempts = 6;                            // of one call, all endpoints together
    std::optional<milliseconds> max_elapsed;              // of one call; nothing: no limit
    milliseconds backoff_base{100};
    milliseconds backoff_cap{30'000};
    milliseconds quarantine{3'600'000};  // of an endpoint that serves another chain
    bool gzip = true;
};

struct Breaker {
    unsigned failures = 5;  // in a row, until it opens
    milliseconds open_for{60'000};
    double jitter = 0.1;  // up to this part of it longer
    unsigned probes = 1;  // that must succeed until it closes again
};

struct Solana {
    std::string commitment = "finalized";
    std::string network{};                  // its genesis hash, for endpoints that do not tell it
    unsigned max_transaction_version = 1;   // version 1 is on mainnet since September 2026
    std::uint64_t blocks_per_list = 5'000;  // slots asked of one getBlocks; providers cap it
    bool include_votes = false;
    bool rewards = false;
    std::vector<std::string> tables{"blocks", "transactions", "token_transfers", "sol_transfers",
                                    "swaps"};
    // Rows are kept that fit each of these lists; an empty one keeps all.
    std::vector<std::string> programs{};
    std::vector<std::string> mints{};
    std::vector<std::string> accounts{};
};

struct Stellar {
    std::uint64_t page_ledgers = 200;           // most of one getLedgers; servers allow no more
    std::size_t page_bytes = 8U * 1024 * 1024;  // of an answer, at which pages stop growing
    milliseconds page_time{2'000};              // of one call; a server gives up after 10 s
    std::vector<std::string> tables{"ledgers",          "transactions",  "operations",     "events",
                                    "token_operations", "contract_code", "account_entries"};
    // Events to ask for, instead of whole ledgers: those of any of these contracts that fit any of
    // these patterns of topics. Both empty: whole ledgers.
    std::vector<std::string> contracts{};
    std::vector<std::string> topics{};
    base::Secret lake{};  // folder or URL of a data lake to read instead of RPC; empty: RPC

    [[nodiscard]] bool asks_for_events() const noexcept {
        return !contracts.empty() || !topics.empty();
    }
};

struct Database {
    base::Secret url;  // empty: the private server of the embedded default
    milliseconds connect_timeout{10'000};
    milliseconds statement_timeout{60'000};
    unsigned pool_max_open = 100;
    unsigned pool_max_idle = 10;
    milliseconds pool_max_lifetime{3'600'000};
    milliseconds pool_max_idle_time{600'000};
};

struct Pipeline {
    unsigned concurrency = 10;
    unsigned writers = 2;
    std::size_t batch_size = 100;                 // rows a statement
    std::size_t queue_capacity = 1'000;           // blocks
    std::size_t queue_bytes = 32U * 1024 * 1024;  // of rows waiting to be written
    // For all that is under way; nothing: half of what there is, up to most_default_memory.
    std::optional<std::size_t> max_memory;
    std::size_t least_memory = 64U * 1024 * 1024;
    std::size_t most_default_memory = 4096U * std::size_t{1024} * 1024;
    std::size_t group_blocks = 100;              // most blocks in one transaction
    std::size_t group_bytes = 8U * 1024 * 1024;  // most bytes of rows in one transaction
    milliseconds flush_interval{500};            // longest a block waits for its group
    unsigned max_write_attempts = 12;            // of one group; some minutes in all
    milliseconds write_backoff_base{250};
    milliseconds write_backoff_cap{30'000};
    milliseconds stop_timeout{4'000};  // then a run that was told to stop leaves at once
};

// How a run is seen from outside.
struct Observe {
    std::string listen;        // host:port; empty: nowhere
    std::string metrics_file;  // empty: none
    milliseconds metrics_interval{15'000};
    base::Secret ping_url;                   // empty: none
    milliseconds stall_after{300'000};       // without progress; longer than one call may take
    std::uint64_t ready_lag = 150;           // a minute of Solana
    milliseconds pulse{5'000};               // between two looks at what is proven
    milliseconds database_patience{15'000};  // without an answer to that
};

enum class OnLock { fail, skip, wait };

struct Poll {
    milliseconds interval{400};  // between two questions for the tip: a slot of Solana
    bool until_caught_up = false;
    std::optional<milliseconds> max_runtime;
    OnLock on_lock = OnLock::fail;
    milliseconds heal_interval{10'000};       // until gaps are asked for again; it doubles while
    milliseconds max_heal_interval{600'000};  // they stay
};

// When a seq that could not be had is asked for again. The wait doubles with every attempt.
struct Repair {
    milliseconds hole_backoff{10'000};
    milliseconds max_hole_backoff{3'600'000};
    bool now = false;  // ask for holes that are not due as well
};

// How many endpoints must serve a block alike before it is stored.
struct Agreement {
    unsigned agree = 1;
    double audited = 0;  // share of the parts of which all are asked, however few must agree
};

// A comparison with another endpoint.
struct Audit {
    base::Secret against;  // its URL
    double share = 0.01;   // of the seqs that are stored
};

struct Log {
    std::string level = "info";
    std::string format = "text";  // or "json"
    bool quiet = false;           // errors only, and no progress
};

// The private server that serves when no database is named.
struct Embedded {
    std::string data_dir;  // empty: where such data lives on this system
};

enum class OutputFormat { text, json };

// Both ends inclusive; nothing where an end is not given.
struct Range {
    std::optional<std::uint64_t> first;
    std::optional<std::uint64_t> last;
};

// Everything the command line, the environment and the config file say.
struct Options {
    // Of the chain, as asked for; what they say together is in the three members behind.
    std::string named_chain;
    Range slots;
    Range ledgers;
    std::string chain = "solana";
    std::optional<std::uint64_t> from;  // both ends inclusive
    std::optional<std::uint64_t> to;    // nothing: the tip
    bool force = false;
    bool dry_run = false;
    bool migration_status = false;
    bool deep = false;             // verify every row, too
    std::string view;              // of blocks that another tool stored; empty: our own
    std::int64_t dead_letter = 0;  // its number
    OutputFormat output = OutputFormat::text;
    Rpc rpc;
    Breaker breaker;
    Solana solana;
    Stellar stellar;
    Database database;
    Embedded embedded;
    Pipeline pipeline;
    Observe observe;
    Poll poll;
    Repair repair;
    Agreement agreement;
    Audit audit;
    Log log;
};

}  // namespace indexer::config
