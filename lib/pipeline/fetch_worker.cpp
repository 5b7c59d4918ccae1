#include "pipeline/fetch_worker.hpp"

#include <algorithm>
#include <utility>

#include "pipeline/single_block.hpp"

namespace indexer::pipeline {
namespace {

// Rows while they are written: themselves, as parameters of a statement, and in libpq's buffer,
// which doubles when it is full.
constexpr std::size_t kCopiesToWrite = 4;

}  // namespace

FetchWorker::FetchWorker(source::Source& source, Planner& planner, Arbiter& arbiter,
                         WriteQueue& queue, Tally& tally, base::MemoryBudget& memory,
                         unsigned patience)
    : source_(source),
      planner_(planner),
      arbiter_(arbiter),
      queue_(queue),
      tally_(tally),
      memory_(memory),
      second_opinion_(source, arbiter),
      patience_(patience) {
}

void FetchWorker::run(Stops const& stops) {
    base::unless_stopped([&] {
        while (auto const part = next_part(stops.fetching)) fetch_and_deliver(*part, stops);
    });
}

std::optional<base::SeqRange> FetchWorker::next_part(std::stop_token stop) {
    return memory_.run([&] { return planner_.next(stop); }, stop);
}

void FetchWorker::fetch_and_deliver(base::SeqRange part, Stops const& stops) {
    try {
        bool const done = memory_.run([&] { return try_part(part, stops); }, stops.fetching);
        if (!done) deliver_each(part, stops);
    } catch (base::MemoryShort const& error) {
        if (part.size() > 1) return deliver_each(part, stops);
        deliver(source::Unavailable{.part = part, .reason = error.what(), .endpoint = {}}, stops);
    }
}

bool FetchWorker::try_part(base::SeqRange part, Stops const& stops) {
    auto const asked = arbiter_.now();
    auto fetched = fetch(part, stops.fetching);
    if (auto* const answer = std::get_if<source::Answer>(&fetched)) {
        return deliver(std::move(*answer), asked, stops);
    }
    auto const& missing = std::get<source::Unavailable>(fetched);
    if (missing.disputed && part.size() > 1) return false;
    deliver(missing, stops);
    return true;
}

source::Fetched FetchWorker::fetch(base::SeqRange part, std::stop_token stop) {
    try {
        auto fetched = source_.fetch(part, std::move(stop));
        failures_in_a_row_ = 0;
        return fetched;
    } catch (base::Error const& error) {
        if (error.fault() != base::Fault::endpoint || ++failures_in_a_row_ >= patience_) throw;
        return source::Unavailable{.part = part, .reason = error.what(), .endpoint = {}};
    }
}

void FetchWorker::deliver(source::Unavailable const& missing, Stops const& stops) {
    tally_.unavailable();
    deliver_holes(
        missing.part,
        {.seq = {},
         .reason = missing.disputed ? store::reason::kDisagreement : store::reason::kUnavailable,
         .error = missing.reason,
         .endpoint = missing.endpoint},
        stops);
}

void FetchWorker::deliver_holes(base::SeqRange part, store::Hole const& pattern,
                                Stops const& stops) {
    auto hole = pattern;
    for (hole.seq = part.begin; hole.seq < part.end; hole.seq = hole.seq.next()) push(hole, stops);
}

bool FetchWorker::deliver(source::Answer answer, Arbiter::Moment asked, Stops const& stops) {
    auto const received = answer.body->size();
    std::vector<model::Block> blocks;
    try {
        blocks = decode(answer);
    } catch (base::Error const& error) {
        if (!is_of_the_answer(error)) throw;
        if (answer.part.size() > 1) return false;
        blocks = decode_another(answer.part, stops.fetching);
        if (blocks.empty()) {
            deliver_unreadable(std::move(answer), error, stops);
            return true;
        }
    }
    if (is_doubtful(blocks)) {
        blocks = second_opinion_.on(answer.part, std::move(blocks), stops.fetching);
    }
    auto memory = memory_for(blocks, std::move(answer.body));
    tally_.fetched(received);
    if (!arbiter_.believes(blocks, asked, stops.fetching)) return true;
    for (model::Block& block : blocks) {
        auto part = memory.split_kept(kCopiesToWrite * block.bytes());
        push({std::move(block), std::move(part)}, stops);
    }
    return true;
}

// Gives the bytes of the answer back; what they held is enough for its rows, mostly.
base::MemoryShare FetchWorker::memory_for(std::vector<model::Block> const& blocks,
                                          base::Body body) {
    std::size_t needed = 0;
    for (model::Block const& block : blocks) needed += kCopiesToWrite * block.bytes();
    auto memory = std::move(body.memory());
    memory_.learn(std::max(memory.bytes(), needed));
    memory.grow_to(needed);
    return memory;
}

std::vector<model::Block> FetchWorker::decode(source::Answer const& answer) const {
    auto blocks = source_.decode(answer);
    for (model::Block& block : blocks) sign(block, answer);
    return blocks;
}

std::vector<model::Block> FetchWorker::decode_another(base::SeqRange part, std::stop_token stop) {
    for (source::Answer const& other : source_.fetch_from_each(part, std::move(stop))) {
        try {
            return decode(other);
        } catch (base::Error const& error) {
            if (!is_of_the_answer(error)) throw;
        }
    }
    return {};
}

void FetchWorker::deliver_unreadable(source::Answer answer, base::Error const& error,
                                     Stops const& stops) {
    tally_.fetched(answer.body->size());
    if (error.fault() == base::Fault::not_understood) {
        return deliver_undecodable(std::move(answer), error, stops);
    }
    deliver(source::Unavailable{answer.part, error.what(), answer.endpoint}, stops);
}

void FetchWorker::deliver_each(base::SeqRange part, Stops const& stops) {
    for (auto seq = part.begin; seq < part.end; seq = seq.next()) {
        fetch_and_deliver(base::SeqRange::single(seq), stops);
    }
}

void FetchWorker::deliver_undecodable(source::Answer answer, base::Error const& error,
                                      Stops const& stops) {
    tally_.undecodable();
    auto memory = std::move(answer.body.memory());
    memory_.learn(memory.bytes());
    memory.grow_to(kCopiesToWrite * answer.body->size());
    push({model::DeadLetter{.seq = answer.part.begin,
                            .path = {},
                            .stage = "decode",
                            .error = error.what(),
                            .raw = *answer.body,
                            .endpoint = answer.endpoint},
          memory.split_kept(memory.bytes())},
         stops);
    deliver_holes(answer.part,
                  {.seq = {},
                   .reason = store::reason::kUndecodable,
                   .error = error.what(),
                   .endpoint = answer.endpoint},
                  stops);
}

void FetchWorker::push(Delivery delivery, Stops const& stops) {
    if (!queue_.push(std::move(delivery), stops.at_once)) throw base::stopped("write queue");
}

}  // namespace indexer::pipeline
