#include "pipeline/tally.hpp"

namespace indexer::pipeline {
namespace {

void add(std::map<std::string, std::uint64_t>& sums,
         std::map<std::string_view, std::uint64_t> const& more) {
    for (auto const& [table, rows] : more) sums[std::string(table)] += rows;
}

}  // namespace

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

void Tally::committed(std::span<model::Block const> blocks, store::Written const& written) {
    std::lock_guard const lock(mutex_);
    ++totals_.groups;
    totals_.blocks += blocks.size();
    for (model::Block const& block : blocks) {
        totals_.transactions += block.transactions;
        totals_.dead_letters += block.dead_letters.size();
    }
    add(totals_.rows, written.rows);
    add(totals_.changed, written.changed);
}

Totals Tally::totals() const {
    std::lock_guard const lock(mutex_);
    return totals_;
}

}  // namespace indexer::pipeline
