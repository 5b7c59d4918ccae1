#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/seq.hpp"
#include "config/config.hpp"
#include "model/block.hpp"
#include "observe/metrics.hpp"
#include "pipeline/ranges.hpp"
#include "source/forwarding.hpp"

namespace indexer::pipeline {

// What an endpoint says of a part, as far as it becomes rows: equal where all that would be written
// is equal.
class Account {
  public:
    explicit Account(std::vector<model::Block> const& blocks);

    friend bool operator==(Account const&, Account const&) = default;

    // What is different in another one, in a few words; empty where nothing is.
    [[nodiscard]] std::string difference_to(Account const& other) const;

  private:
    struct OfBlock {
        explicit OfBlock(model::Block const& block);
        friend bool operator==(OfBlock const&, OfBlock const&) = default;
        [[nodiscard]] std::string difference_to(OfBlock const& other) const;

        model::Link link;
        model::Link parent;
        std::optional<std::int64_t> height;
        std::uint64_t transactions;
        std::map<std::string_view, std::vector<std::uint64_t>> rows;  // digests, by table
        std::vector<std::string> undecoded;  // the paths of its dead letters
    };

    std::vector<OfBlock> blocks_;
};

// Endpoints that serve only what they agree on. With config::Agreement::agree of two or more every
// part is asked of all of them, and served when so many, and more than say anything else, decode to
// the same rows. With a share to audit the same is done of so many parts, where two that answer are
// enough to object, and one alone is believed. A part on which they did not agree once, in this run
// or, as its hole tells, in an earlier one, needs two that say the same in any case.
//
// An endpoint that is much slower than the others is not waited for, and counts as silent.
class Agreement final : public source::Forwarding {
  public:
    // `salt` makes it unforeseeable which parts are audited. `metrics` must outlive the source.
    Agreement(std::unique_ptr<source::Source> inner, config::Agreement const& config,
              std::uint64_t salt, observe::Metrics& metrics);

    void doubt(base::Doubts const& doubts) override;
    [[nodiscard]] source::Fetched fetch(base::SeqRange part, std::stop_token stop) override;
    // Those of them that are agreed on, where they are to agree.
    [[nodiscard]] std::vector<source::Answer> fetch_from_each(base::SeqRange part,
                                                              std::stop_token stop) override;

  private:
    struct Vote;  // answers that say the same
    struct Count;

    [[nodiscard]] bool is_disputed(base::SeqRange part) const;
    [[nodiscard]] bool is_audited(base::SeqRange part) const noexcept;
    [[nodiscard]] Count count(std::vector<source::Answer> answers) const;
    [[nodiscard]] std::size_t needed_of(Count const& count, bool disputed) const noexcept;
    [[nodiscard]] static bool is_settled(Count const& count, std::size_t needed) noexcept;
    [[nodiscard]] source::Unavailable dispute(base::SeqRange part, Count const& count,
                                              std::size_t needed);
    void tell(base::SeqRange part, Count const& count) const;

    unsigned const agree_;
    double const audited_;
    std::uint64_t const salt_;
    observe::Metrics& metrics_;
    mutable std::mutex mutex_;
    Ranges disputed_;
};

}  // namespace indexer::pipeline
