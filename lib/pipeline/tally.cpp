#include "pipeline/tally.hpp"

#include <algorithm>
#include <iterator>

namespace indexer::pipeline {
namespace {

void add(std::map<std::string, std::uint64_t>& sums,
         std::map<std::string_view, std::uint64_t> const& more) {
    for (auto const& [table, rows] : more) sums[std::string(table)] += rows;
}

void add_samples(observe::Samples& samples, Totals const& totals) {
    samples.count("indexer_blocks_total", totals.blocks);
    samples.count("indexer_transactions_total", totals.transactions);
    for (auto const& [table, rows] : totals.rows) {
        samples.count("indexer_rows_total", rows, table);
    }
    for (auto const& [table, rows] : totals.changed) {
        samples.count("indexer_changed_rows_total", rows, table);
    }
    samples.count("indexer_unavailable_total", totals.unavailable);
    samples.count("indexer_received_bytes_total", totals.bytes);
    samples.count("indexer_write_retries_total", totals.write_retries);
}

}  // namespace

Tally::Tally(observe::Metrics& metrics)
    : flush_seconds_(metrics.histogram("indexer_flush_seconds")),
      batch_rows_(metrics.histogram("indexer_batch_rows")),
      samples_(
          metrics.collect([this](observe::Samples& samples) { add_samples(samples, totals()); })) {
}

void Tally::fetched(std::uint64_t bytes) {
    std::lock_guard const lock(mutex_);
    ++totals_.fetched;
    totals_.bytes += bytes;
}

void Tally::unavailable() {
    std::lock_guard const lock(mutex_);
    ++totals_.unavailable;
}

void Tally::undecodable() {
    std::lock_guard const lock(mutex_);
    ++totals_.dead_letters;
}

void Tally::retried_write() {
    std::lock_guard const lock(mutex_);
    ++totals_.write_retries;
}

void Tally::committed(std::span<model::Block const> blocks, store::Written const& written,
                      base::Clock::Duration duration) {
    flush_seconds_.observe(std::chrono::duration<double>(duration).count());
    for (std::size_t const rows : written.batches) batch_rows_.observe(static_cast<double>(rows));
    std::lock_guard const lock(mutex_);
    ++totals_.groups;
    totals_.blocks += blocks.size();
    for (model::Block const& block : blocks) {
        totals_.transactions += block.transactions;
        totals_.dead_letters += block.dead_letters.size();
        auto const seq = block.link.seq;
        add_written(base::SeqRange::inclusive(std::min(block.parent.seq.next(), seq), seq));
    }
    add(totals_.rows, written.rows);
    add(totals_.changed, written.changed);
}

Totals Tally::totals() const {
    std::lock_guard const lock(mutex_);
    return totals_;
}

Ranges Tally::written() const {
    std::lock_guard const lock(mutex_);
    Ranges ranges;
    for (auto const& [begin, end] : written_) ranges.push_back({begin, end});
    return ranges;
}

// Joins it with those that it touches.
void Tally::add_written(base::SeqRange range) {
    auto next = written_.upper_bound(range.begin);
    if (next != written_.begin() && std::prev(next)->second >= range.begin) {
        --next;
        range.begin = next->first;
    }
    while (next != written_.end() && next->first <= range.end) {
        range.end = std::max(range.end, next->second);
        next = written_.erase(next);
    }
    written_.emplace(range.begin, range.end);
}

}  // namespace indexer::pipeline
