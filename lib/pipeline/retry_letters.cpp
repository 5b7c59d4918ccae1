#include "pipeline/retry_letters.hpp"

#include <span>
#include <string>

#include "base/error.hpp"
#include "pipeline/ranges.hpp"
#include "pipeline/write_worker.hpp"

namespace indexer::pipeline {
namespace {

// A parser may read as far behind the end. Source: simdjson's SIMDJSON_PADDING is 64.
constexpr std::size_t kRoomToParse = 64;

source::Answer answer_of(store::KeptLetter const& letter) {
    std::string body;
    body.reserve(letter.raw.size() + kRoomToParse);
    body = letter.raw;
    return {.part = base::SeqRange::single(letter.seq),
            .body = base::body_of(std::move(body)),
            .endpoint = letter.endpoint};
}

}  // namespace

RetryReport RetryLetters::run(base::SeqRange range, base::Seq tip, std::stop_token stop) {
    RetryReport report;
    base::unless_stopped([&] { report.retried = retry(range, tip, stop); });
    report.remaining = store::list_dead_letters(pool_, dataset_, range, {});
    return report;
}

std::uint64_t RetryLetters::retry(base::SeqRange range, base::Seq tip, std::stop_token stop) {
    Ranges parts;
    auto const letters = store::list_dead_letters(pool_, dataset_, range, stop);
    for (auto const& letter : letters) {
        auto const block = base::SeqRange::single(letter.seq);
        if (!letter.path.empty() && (parts.empty() || parts.back() != block))
            parts.push_back(block);
        if (!letter.path.empty()) continue;
        auto const whole = store::read_dead_letter(pool_, dataset_.chain, letter.id, stop);
        if (whole) decode_and_write(*whole, stop);
    }
    if (!parts.empty()) static_cast<void>(backfill_.run(range, tip, parts, stop));
    return letters.size();
}

void RetryLetters::decode_and_write(store::KeptLetter const& letter, std::stop_token stop) {
    try {
        for (model::Block const& block : source_.decode(answer_of(letter))) {
            static_cast<void>(writer_.write(std::span(&block, 1), stop));
        }
    } catch (pg::Error const& error) {
        if (!is_refusal(error)) throw;
        keep(letter, "store", error.what(), stop);
    } catch (base::Error const& error) {
        bool const of_the_bytes =
            error.fault() == base::Fault::not_understood || error.fault() == base::Fault::endpoint;
        if (!of_the_bytes) throw;
        keep(letter, "decode", error.what(), stop);
    }
}

void RetryLetters::keep(store::KeptLetter const& letter, std::string const& stage,
                        std::string const& error, std::stop_token stop) {
    model::DeadLetter const kept{.seq = letter.seq,
                                 .path = letter.path,
                                 .stage = stage,
                                 .error = error,
                                 .raw = letter.raw,
                                 .endpoint = letter.endpoint};
    writer_.bury(std::span(&kept, 1), stop);
}

}  // namespace indexer::pipeline
