#include "pipeline/fetch_worker.hpp"

#include <utility>

#include "pipeline/single_block.hpp"

namespace indexer::pipeline {
namespace {

// What decoding throws when the answer is at fault, rather than the program's state.
bool is_of_the_answer(base::Error const& error) {
    return error.fault() == base::Fault::not_understood || error.fault() == base::Fault::endpoint;
}

}  // namespace

FetchWorker::FetchWorker(source::Source& source, Planner& planner, Arbiter& arbiter,
                         WriteQueue& queue, Tally& tally, unsigned patience)
    : source_(source),
      planner_(planner),
      arbiter_(arbiter),
      queue_(queue),
      tally_(tally),
      patience_(patience) {
}

void FetchWorker::run(Stops const& stops) {
    base::unless_stopped([&] {
        while (auto const part = planner_.next(stops.fetching)) {
            fetch_and_deliver(*part, stops);
        }
    });
}

void FetchWorker::fetch_and_deliver(base::SeqRange part, Stops const& stops) {
    auto const asked = arbiter_.now();
    auto const fetched = fetch(part, stops.fetching);
    if (auto const* const answer = std::get_if<source::Answer>(&fetched)) {
        deliver(*answer, asked, stops);
    } else {
        deliver(std::get<source::Unavailable>(fetched), stops);
    }
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
    deliver_holes(missing.part,
                  {.seq = {},
                   .reason = store::reason::kUnavailable,
                   .error = missing.reason,
                   .endpoint = missing.endpoint},
                  stops);
}

void FetchWorker::deliver_holes(base::SeqRange part, store::Hole const& pattern,
                                Stops const& stops) {
    auto hole = pattern;
    for (hole.seq = part.begin; hole.seq < part.end; hole.seq = hole.seq.next()) push(hole, stops);
}

void FetchWorker::deliver(source::Answer const& answer, Arbiter::Moment asked, Stops const& stops) {
    tally_.fetched(answer.body->size());
    std::vector<model::Block> blocks;
    try {
        blocks = decode(answer);
    } catch (base::Error const& error) {
        if (!is_of_the_answer(error)) throw;
        if (answer.part.size() > 1) return deliver_each(answer.part, stops);
        blocks = decode_another(answer.part, stops.fetching);
        if (blocks.empty()) return deliver_unreadable(answer, error, stops);
    }
    if (!arbiter_.believes(blocks, asked, stops.fetching)) return;
    for (model::Block& block : blocks) push(std::move(block), stops);
}

std::vector<model::Block> FetchWorker::decode(source::Answer const& answer) const {
    auto blocks = source_.decode(answer);
    for (model::Block& block : blocks) sign(block, answer.endpoint);
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

void FetchWorker::deliver_unreadable(source::Answer const& answer, base::Error const& error,
                                     Stops const& stops) {
    if (error.fault() == base::Fault::not_understood) {
        return deliver_undecodable(answer, error, stops);
    }
    deliver(source::Unavailable{answer.part, error.what(), answer.endpoint}, stops);
}

void FetchWorker::deliver_each(base::SeqRange part, Stops const& stops) {
    for (auto seq = part.begin; seq < part.end; seq = seq.next()) {
        fetch_and_deliver(base::SeqRange::single(seq), stops);
    }
}

void FetchWorker::deliver_undecodable(source::Answer const& answer, base::Error const& error,
                                      Stops const& stops) {
    tally_.undecodable();
    push(model::DeadLetter{.seq = answer.part.begin,
                           .path = {},
                           .stage = "decode",
                           .error = error.what(),
                           .raw = *answer.body,
                           .endpoint = answer.endpoint},
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
