#include "pipeline/retry_letters.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>

#include "base/error.hpp"
#include "pipeline/single_block.hpp"
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

std::size_t rows_of(model::Block const& block, model::Table const& table) {
    auto const* const batch = model::rows_of(block.rows, table);
    return batch == nullptr ? 0 : batch->rows();
}

// Whether a block has as many rows of each table as were written of it, as far as that is known.
bool has_rows(model::Block const& block, store::Dataset const& dataset,
              std::vector<std::uint64_t> const& written) {
    for (std::size_t place = 0; place < written.size(); ++place) {
        if (rows_of(block, *dataset.tables[place]) < written[place]) return false;
    }
    return true;
}

}  // namespace

RetryReport RetryLetters::run(base::SeqRange range, std::stop_token stop) {
    RetryReport report;
    base::unless_stopped([&] { report.retried = retry(range, stop); });
    report.remaining = letters(range, {});
    return report;
}

std::vector<store::KeptLetter> RetryLetters::letters(base::SeqRange range, std::stop_token stop) {
    return persist_(stop, [&] { return store::list_dead_letters(pool_, dataset_, range, stop); });
}

void RetryLetters::write(model::Block const& block, std::stop_token stop) {
    persist_(stop, [&] { static_cast<void>(writer_.write(std::span(&block, 1), stop)); });
}

std::uint64_t RetryLetters::retry(base::SeqRange range, std::stop_token stop) {
    std::optional<base::Seq> asked;
    auto const all = letters(range, stop);
    for (auto const& letter : all) {
        if (!letter.path.empty()) {
            if (asked != letter.seq) ask_again(letter.seq, stop);
            asked = letter.seq;
            continue;
        }
        auto const whole = persist_(
            stop, [&] { return store::read_dead_letter(pool_, dataset_.chain, letter.id, stop); });
        if (whole) decode_and_write(*whole, stop);
    }
    return all.size();
}

void RetryLetters::run_due(base::SeqRange range, config::Repair const& repair,
                           std::stop_token stop) {
    using std::chrono::milliseconds;
    auto const first = repair.now ? milliseconds(0) : repair.hole_backoff;
    auto const longest = repair.now ? milliseconds(0) : repair.max_hole_backoff;
    base::unless_stopped([&] {
        auto const due = persist_(
            stop, [&] { return store::due_letters(pool_, dataset_, range, first, longest, stop); });
        for (auto const seq : due) ask_again(seq, stop);
    });
}

void RetryLetters::ask_again(base::Seq seq, std::stop_token stop) {
    try {
        if (write_better(seq, stop)) return;
    } catch (pg::Error const& error) {
        if (!is_refusal(error)) throw;
    }
    persist_(stop, [&] { store::count_attempt(pool_, dataset_, seq, stop); });
}

// False when no endpoint has the block better than it is stored.
bool RetryLetters::write_better(base::Seq seq, std::stop_token stop) {
    auto const written =
        persist_(stop, [&] { return store::row_counts(pool_, dataset_, seq, stop); });
    auto const kept = letters(base::SeqRange::single(seq), stop).size();
    auto blocks = fetch_from_each(source_, seq, stop);
    std::erase_if(blocks, [&](model::Block const& block) {
        return block.dead_letters.size() > kept || !has_rows(block, dataset_, written);
    });
    auto const best =
        std::min_element(blocks.begin(), blocks.end(), [](auto const& one, auto const& other) {
            return one.dead_letters.size() < other.dead_letters.size();
        });
    if (best == blocks.end()) return false;
    write(*best, stop);
    return true;
}

void RetryLetters::decode_and_write(store::KeptLetter const& letter, std::stop_token stop) {
    try {
        for (model::Block const& block : source_.decode(answer_of(letter))) write(block, stop);
    } catch (pg::Error const& error) {
        if (!is_refusal(error)) throw;
        keep(letter, "store", error.what(), stop);
    } catch (base::Error const& error) {
        if (!is_of_the_answer(error)) throw;
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
    persist_(stop, [&] { writer_.bury(std::span(&kept, 1), stop); });
}

}  // namespace indexer::pipeline
