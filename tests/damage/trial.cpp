#include "tests/damage/trial.hpp"

#include <algorithm>
#include <chrono>
#include <span>
#include <variant>

#include <simdjson.h>

#include "observe/metrics.hpp"
#include "pipeline/arbiter.hpp"
#include "pipeline/fetch_worker.hpp"
#include "pipeline/range_planner.hpp"
#include "pipeline/tally.hpp"
#include "tests/support/rows_text.hpp"

namespace indexer::damage {
namespace {

using base::Seq;
using base::SeqRange;

constexpr auto kDamaged = "damaged";
constexpr auto kWhole = "whole";

source::Answer answer_of(SeqRange part, std::string text, std::string endpoint) {
    text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
    return {part, base::body_of(std::move(text)), std::move(endpoint)};
}

// Endpoints of which the first serves what was damaged.
class Endpoints final : public source::Source {
  public:
    Endpoints(Decode const& decode, std::string const& damaged, std::string const* whole)
        : decode_(decode), damaged_(damaged), whole_(whole) {}

    [[nodiscard]] std::string_view chain() const noexcept override { return "damaged"; }
    [[nodiscard]] std::string content() const override { return "all"; }
    [[nodiscard]] std::span<model::Table const* const> tables() const noexcept override {
        return {};
    }
    [[nodiscard]] std::string network(std::stop_token /*stop*/) override { return "net"; }
    [[nodiscard]] Seq tip(std::stop_token /*stop*/) override { return {}; }
    [[nodiscard]] Seq first_available(std::stop_token /*stop*/) override { return {}; }
    [[nodiscard]] std::vector<SeqRange> parts(SeqRange range, std::stop_token /*stop*/) override {
        return {range};
    }
    [[nodiscard]] source::Fetched fetch(SeqRange part, std::stop_token /*stop*/) override {
        return answer_of(part, damaged_, kDamaged);
    }
    [[nodiscard]] std::vector<model::Block> decode(source::Answer const& answer) const override {
        return decode_(answer);
    }
    [[nodiscard]] std::vector<source::Answer> fetch_from_each(SeqRange part,
                                                              std::stop_token /*stop*/) override {
        std::vector<source::Answer> answers;
        answers.push_back(answer_of(part, damaged_, kDamaged));
        if (whole_ != nullptr) answers.push_back(answer_of(part, *whole_, kWhole));
        return answers;
    }

  private:
    Decode const& decode_;
    std::string const& damaged_;
    std::string const* whole_;
};

std::vector<pipeline::Delivery> deliveries_of(source::Source& source, Seq seq) {
    pipeline::EachSeqPlanner planner({SeqRange::single(seq)});
    pipeline::Arbiter arbiter(source);
    observe::Metrics metrics({});
    pipeline::Tally tally(metrics);
    constexpr std::size_t kRoom = 1'000'000'000;
    pipeline::WriteQueue queue({.blocks = kRoom, .bytes = kRoom});
    base::MemoryBudget memory;
    pipeline::FetchWorker(source, planner, arbiter, queue, tally, memory, 1).run({});
    queue.close();
    return queue.pop({.blocks = kRoom, .bytes = kRoom, .flush_interval = std::chrono::hours(1)},
                     {});
}

// How many rows say that it is not known whether their transaction succeeded.
std::size_t without_result(model::Block const& block) {
    std::size_t count = 0;
    for (model::RowBatch const& rows : block.rows) {
        auto const columns = rows.table().columns;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (columns[i].name != "success") continue;
            for (std::size_t row = 0; row < rows.rows(); ++row) {
                count += rows.column(i).is_null(row) ? 1 : 0;
            }
        }
    }
    return count;
}

}  // namespace

Trial::Trial(Decode decode, Seq seq, std::string whole)
    : decode_(std::move(decode)), seq_(seq), whole_(std::move(whole)) {
    auto const blocks = decode_(answer_of(SeqRange::single(seq_), whole_, kWhole));
    auto const& block = blocks.at(0);
    unknown_ = without_result(block);
    expected_ = test::block_text(block);
    link_ = block.link;
    parent_ = block.parent;
    dead_letters_ = block.dead_letters;
}

Outcome Trial::run(std::string const& damaged, bool with_another) {
    Endpoints endpoints(decode_, damaged, with_another ? &whole_ : nullptr);
    for (auto const& delivery : deliveries_of(endpoints, seq_)) {
        if (auto const* const block = std::get_if<model::Block>(&delivery.what))
            return judge(*block);
    }
    return Outcome::refused;
}

Outcome Trial::judge(model::Block const& block) const {
    if (test::block_text(block) == expected_) {
        return block.endpoint == kWhole ? Outcome::mended : Outcome::harmless;
    }
    if (block.link != link_ || block.parent != parent_) return Outcome::unlinked;
    bool const complains = std::any_of(
        block.dead_letters.begin(), block.dead_letters.end(), [&](model::DeadLetter const& letter) {
            return std::none_of(dead_letters_.begin(), dead_letters_.end(), [&](auto const& known) {
                return known.path == letter.path && known.error == letter.error;
            });
        });
    if (complains) return Outcome::kept;
    return without_result(block) > unknown_ ? Outcome::marked : Outcome::unnoticed;
}

}  // namespace indexer::damage
