#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <string_view>

// Every metric of the program, once: indexer-metrics(7), dashboard and alerts are checked against
// this table, and code names a row of it by a literal that does not compile when there is none.
//
// A name tells its unit (seconds, bytes) and, for a counter, that it is a total. Every sample also
// carries the labels `chain` and `command`, so that a poll and a backfill of one machine can be
// told apart.
namespace indexer::observe {

enum class MetricType { counter, gauge, histogram };

class Metric {
  public:
    using Labels = std::initializer_list<std::string_view>;
    using Buckets = std::span<double const>;  // upper bounds

    static constexpr Metric counter(std::string_view name, std::string_view help,
                                    Labels labels = {}) {
        return {MetricType::counter, name, help, labels, {}};
    }
    static constexpr Metric gauge(std::string_view name, std::string_view help,
                                  Labels labels = {}) {
        return {MetricType::gauge, name, help, labels, {}};
    }
    static constexpr Metric histogram(std::string_view name, std::string_view help, Buckets buckets,
                                      Labels labels = {}) {
        return {MetricType::histogram, name, help, labels, buckets};
    }

    [[nodiscard]] constexpr MetricType type() const noexcept { return type_; }
    [[nodiscard]] constexpr std::string_view name() const noexcept { return name_; }
    [[nodiscard]] constexpr std::string_view help() const noexcept { return help_; }
    [[nodiscard]] constexpr Buckets buckets() const noexcept { return buckets_; }
    // Their names, in the order in which values are given.
    [[nodiscard]] constexpr std::span<std::string_view const> labels() const noexcept {
        return std::span(labels_).first(label_count_);
    }

  private:
    constexpr Metric(MetricType type, std::string_view name, std::string_view help, Labels labels,
                     Buckets buckets)
        : type_(type), name_(name), help_(help), label_count_(labels.size()), buckets_(buckets) {
        std::copy(labels.begin(), labels.end(), labels_.begin());
    }

    MetricType type_;
    std::string_view name_;
    std::string_view help_;
    std::array<std::string_view, 3> labels_{"", "", ""};
    std::size_t label_count_;
    Buckets buckets_;
};

// From a call inside the data centre to the default --timeout.
inline constexpr std::array kSeconds{0.005, 0.01, 0.025, 0.05, 0.1,  0.25, 0.5,
                                     1.0,   2.5,  5.0,   10.0, 30.0, 60.0};
// Around the default --batch-size of 100.
inline constexpr std::array kRows{1.0, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1'000.0};

inline constexpr std::array kMetrics{
    // Where the run stands
    Metric::gauge("indexer_proven_seq",
                  "Watermark: the last seq proven without a gap since the first of the run."),
    Metric::gauge("indexer_tip_seq", "Newest seq at the chosen commitment, as last heard."),
    Metric::gauge("indexer_tip_age_seconds",
                  "Since the tip was heard. The lag is measured against a tip of that age."),
    Metric::gauge("indexer_lag_seqs", "Tip minus watermark."),
    Metric::gauge("indexer_headroom_seqs",
                  "How far the endpoints' history goes back behind the watermark, asked for with "
                  "every healing; at 0 what is missing can no longer be had from them."),
    Metric::gauge("indexer_missing_seqs", "Seqs of the run's range that are not proven yet."),
    Metric::gauge("indexer_gaps", "Unproven stretches with proven seqs behind them."),
    Metric::gauge("indexer_holes", "Seqs that could not be had, each kept with its reason."),
    Metric::gauge("indexer_dead_letters", "What could not be decoded or stored, kept whole."),
    Metric::gauge("indexer_eta_seconds",
                  "Time until nothing is missing, at the pace of the last minute; absent when "
                  "that does not shrink."),

    // Whether it is well
    Metric::gauge("indexer_healthy", "1 while /health answers 200, else 0."),
    Metric::gauge("indexer_ready", "1 while /ready answers 200, else 0."),
    Metric::gauge("indexer_progress_age_seconds",
                  "Time since the proven part last grew, or was whole."),
    Metric::gauge("indexer_database_reachable", "1 while the database answers, else 0."),

    // What it did
    Metric::counter("indexer_blocks_total", "Blocks committed."),
    Metric::counter("indexer_transactions_total", "Transactions of the chain in those blocks."),
    Metric::counter("indexer_rows_total", "Rows sent to the database.", {"table"}),
    Metric::counter("indexer_changed_rows_total",
                    "Rows of those that were new or different, so really written.", {"table"}),
    Metric::counter("indexer_unavailable_total",
                    "Parts of the chain that no endpoint could serve when asked."),

    // Endpoints
    Metric::counter("indexer_rpc_requests_total",
                    "Calls by outcome: served, later, not_yet, busy (a rate limit), exhausted (a "
                    "quota), ailing, refused, too_old or never.",
                    {"endpoint", "method", "outcome"}),
    Metric::histogram("indexer_rpc_request_seconds",
                      "Duration of a call, from sending it to the last byte of its answer.",
                      kSeconds, {"endpoint", "method"}),
    Metric::counter("indexer_rpc_retries_total", "Calls made again after a failure.", {"method"}),
    Metric::counter("indexer_received_bytes_total", "Bytes of answers that held blocks, unpacked."),
    Metric::gauge("indexer_breaker_state", "Circuit breaker: 0 closed, 1 half-open, 2 open.",
                  {"endpoint", "method"}),
    Metric::counter("indexer_breaker_failures_total", "Failures that the breaker counted.",
                    {"endpoint", "method"}),
    Metric::counter("indexer_breaker_transitions_total", "Changes of the breaker's state.",
                    {"endpoint", "method"}),
    Metric::counter("indexer_quarantines_total",
                    "Times that it was no more asked because its blocks contradict the chain.",
                    {"endpoint"}),
    Metric::counter("indexer_compared_parts_total",
                    "Parts of the chain that all endpoints were asked for, to compare what they "
                    "serve (--agree, --audit)."),
    Metric::counter("indexer_disagreements_total",
                    "Such parts that it served otherwise than most, or than the first of a tie.",
                    {"endpoint"}),
    Metric::gauge("indexer_limiter_rate",
                  "Calls a second that the endpoint turned out to allow; absent until it refused "
                  "one.",
                  {"endpoint", "method"}),
    Metric::gauge("indexer_limiter_concurrency", "Calls at once that the endpoint is given.",
                  {"endpoint", "method"}),
    Metric::gauge("indexer_limiter_in_flight", "Calls under way.", {"endpoint", "method"}),

    // Writing
    Metric::gauge("indexer_queue_blocks", "Blocks that wait to be written."),
    Metric::gauge("indexer_queue_capacity_blocks",
                  "Most blocks that may wait; a full queue makes fetching wait."),
    Metric::gauge("indexer_queue_bytes", "Memory of the blocks that wait."),
    Metric::gauge("indexer_queue_capacity_bytes", "Most memory of the blocks that wait."),
    Metric::histogram("indexer_flush_seconds",
                      "Duration of writing one commit group, its retries included.", kSeconds),
    Metric::histogram("indexer_batch_rows", "Rows of one statement.", kRows),
    Metric::counter("indexer_write_retries_total", "Transactions tried again after a failure."),

    // Connections to the database
    Metric::gauge("indexer_pool_max_open_connections", "Most connections."),
    Metric::gauge("indexer_pool_connections", "Open connections: in_use or idle.", {"state"}),
    Metric::counter("indexer_pool_waits_total", "Times that somebody waited for a connection."),
    Metric::counter("indexer_pool_wait_seconds_total", "Time spent waiting for a connection."),
    Metric::counter("indexer_pool_closed_total",
                    "Connections closed: max_idle, idle_time or lifetime.", {"reason"}),

    // The chain's rules
    Metric::gauge("indexer_protocol",
                  "Stellar: newest protocol of a ledger, as met or as the endpoint said."),
    Metric::gauge("indexer_known_protocol",
                  "Newest protocol that this program knows; behind the other one it is time to "
                  "upgrade."),

    // The program
    Metric::gauge("indexer_resident_memory_bytes", "Memory in use."),
    Metric::gauge("indexer_memory_used_bytes",
                  "Of the limit, what answers and rows under way are counted with."),
    Metric::gauge(
        "indexer_memory_limit_bytes",
        "Most of that: three quarters of --max-memory. Fetching waits where it is reached."),
    Metric::counter("indexer_memory_restarts_total",
                    "Fetches begun again because what came found no room in it."),
    Metric::gauge("indexer_build_info", "Always 1.", {"version"}),
};

// A row of the table by its name; `Labels` is how many label values come with it.
template <MetricType Type, std::size_t Labels>
struct MetricName {
    consteval MetricName(char const* name)  // NOLINT(google-explicit-constructor): a literal is one
        : row(std::find_if(kMetrics.begin(), kMetrics.end(),
                           [&](Metric const& metric) { return metric.name() == name; })) {
        if (row == kMetrics.end()) throw "the table has no such metric";
        if (row->type() != Type) throw "the metric is of another type";
        if (row->labels().size() != Labels) throw "the metric has another number of labels";
    }

    Metric const* row;
};

}  // namespace indexer::observe
