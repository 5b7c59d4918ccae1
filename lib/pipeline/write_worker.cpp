#include "pipeline/write_worker.hpp"

#include <algorithm>
#include <utility>

#include <spdlog/spdlog.h>

namespace indexer::pipeline {
namespace {

// A group of deliveries, sorted by what has to be done with them.
struct Sorted {
    std::vector<model::Block> blocks;
    std::vector<model::DeadLetter> letters;
    std::vector<store::Hole> holes;

    void operator()(model::Block&& block) { blocks.push_back(std::move(block)); }
    void operator()(model::DeadLetter&& letter) { letters.push_back(std::move(letter)); }
    void operator()(store::Hole&& hole) { holes.push_back(std::move(hole)); }
};

// Workers finish out of order, and rows of blocks in order need no sorting.
Sorted sorted(std::vector<Delivery>& group) {
    Sorted all;
    for (Delivery& delivery : group) std::visit(all, std::move(delivery.what));
    std::sort(all.blocks.begin(), all.blocks.end(),
              [](auto const& a, auto const& b) { return a.link.seq < b.link.seq; });
    return all;
}

}  // namespace

bool is_refusal(pg::Error const& error) {
    std::string_view const state = error.sqlstate();
    return state.starts_with("22") || state.starts_with("23") || state.starts_with("54") ||
           state == store::Writer::kContradiction;
}

WriteWorker::WriteWorker(WriteQueue& queue, store::Writer& writer, store::Coverage& coverage,
                         Tally& tally, WriteQueue::Group group, Persistence const& persist,
                         base::Clock& clock)
    : queue_(queue),
      writer_(writer),
      coverage_(coverage),
      tally_(tally),
      group_(group),
      persist_(persist),
      clock_(clock) {
}

void WriteWorker::run(std::stop_token stop) {
    for (auto group = queue_.pop(group_, stop); !group.empty(); group = queue_.pop(group_, stop)) {
        write(std::move(group), stop);
    }
}

void WriteWorker::write(std::vector<Delivery> group, std::stop_token stop) {
    auto [blocks, letters, holes] = sorted(group);
    drop_worse(blocks, stop);
    if (!blocks.empty()) write_blocks(blocks, stop);
    if (!letters.empty()) persist_(stop, [&, &kept = letters] { writer_.bury(kept, stop); });
    if (!holes.empty()) persist_(stop, [&, &missing = holes] { coverage_.record(missing, stop); });
}

void WriteWorker::drop_worse(std::vector<model::Block>& blocks, std::stop_token stop) {
    auto const worse = persist_(stop, [&] { return writer_.worse(blocks, stop); });
    for (store::Difference const& one : worse) {
        auto const found =
            std::find_if(blocks.begin(), blocks.end(),
                         [&](model::Block const& block) { return block.link.seq == one.seq; });
        spdlog::warn("{}: {}: served with {}: what is stored stays", found->endpoint,
                     one.seq.value(), one.what);
        blocks.erase(found);
    }
}

void WriteWorker::write_blocks(std::span<model::Block const> blocks, std::stop_token stop) {
    try {
        auto const began = clock_.now();
        auto const written = persist_(stop, [&] { return writer_.write(blocks, stop); });
        tally_.committed(blocks, written, clock_.now() - began);
    } catch (pg::Error const& error) {
        if (!is_refusal(error)) throw;
        if (blocks.size() == 1) return record(blocks.front(), error, stop);
        write_one_by_one(blocks, stop);
    }
}

void WriteWorker::write_one_by_one(std::span<model::Block const> blocks, std::stop_token stop) {
    for (std::size_t index = 0; index < blocks.size(); ++index) {
        write_blocks(blocks.subspan(index, 1), stop);
    }
}

void WriteWorker::record(model::Block const& refused, pg::Error const& error,
                         std::stop_token stop) {
    bool const contradicts = error.sqlstate() == store::Writer::kContradiction;
    store::Hole const hole{
        .seq = refused.link.seq,
        .reason = contradicts ? store::reason::kContradiction : store::reason::kRefused,
        .error = error.what(),
        .endpoint = refused.endpoint};
    persist_(stop, [&] { coverage_.record(std::span(&hole, 1), stop); });
    std::lock_guard const lock(mutex_);
    if (contradicts) {
        contradicting_.push_back(claim_of(refused));
    } else {
        refused_.push_back({hole.seq, hole.error});
    }
}

}  // namespace indexer::pipeline
