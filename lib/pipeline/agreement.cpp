#include "pipeline/agreement.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/error.hpp"
#include "pipeline/single_block.hpp"
#include "store/row_digest.hpp"

namespace indexer::pipeline {
namespace {

// Spreads what differs in few bits over all of them. Source: the finalizer of MurmurHash3.
std::uint64_t mixed(std::uint64_t value) noexcept {
    value = (value ^ (value >> 33)) * 0xFF51AFD7ED558CCDU;
    value = (value ^ (value >> 33)) * 0xC4CEB9FE1A85EC53U;
    return value ^ (value >> 33);
}

std::string text_of(model::Link const& link) {
    return fmt::format("{} {}", link.seq.value(), link.hash);
}

std::string text_of(base::SeqRange part) {
    if (part.size() == 1) return fmt::format("{}", part.begin.value());
    return fmt::format("{}-{}", part.begin.value(), part.last().value());
}

}  // namespace

Account::OfBlock::OfBlock(model::Block const& block)
    : link(block.link),
      parent(block.parent),
      height(block.height),
      transactions(block.transactions) {
    for (model::RowBatch const& batch : block.rows) {
        if (batch.rows() > 0) rows.emplace(batch.table().name, store::digests_of(batch));
    }
    for (model::DeadLetter const& letter : block.dead_letters) undecoded.push_back(letter.path);
}

std::string Account::OfBlock::difference_to(OfBlock const& other) const {
    if (link != other.link) {
        return fmt::format("block {} instead of {}", text_of(other.link), text_of(link));
    }
    if (parent != other.parent) {
        return fmt::format("parent {} instead of {}", text_of(other.parent), text_of(parent));
    }
    if (height != other.height) return "another height";
    if (transactions != other.transactions) {
        return fmt::format("{} transactions instead of {}", other.transactions, transactions);
    }
    static std::vector<std::uint64_t> const none;
    auto const of_table = [](auto const& tables, std::string_view table) -> auto const& {
        auto const found = tables.find(table);
        return found == tables.end() ? none : found->second;
    };
    auto all = rows;
    all.insert(other.rows.begin(), other.rows.end());
    for (auto const& [table, digests] : all) {
        auto const& ours = of_table(rows, table);
        auto const& theirs = of_table(other.rows, table);
        if (ours.size() != theirs.size()) {
            return fmt::format("{} rows of {} instead of {}", theirs.size(), table, ours.size());
        }
        if (ours != theirs) return fmt::format("other rows of {}", table);
    }
    return undecoded == other.undecoded ? "" : "other parts that cannot be decoded";
}

Account::Account(std::vector<model::Block> const& blocks) {
    for (model::Block const& block : blocks) blocks_.emplace_back(block);
}

std::string Account::difference_to(Account const& other) const {
    if (blocks_.size() != other.blocks_.size()) {
        return fmt::format("{} blocks instead of {}", other.blocks_.size(), blocks_.size());
    }
    for (std::size_t at = 0; at < blocks_.size(); ++at) {
        auto const what = blocks_[at].difference_to(other.blocks_[at]);
        if (!what.empty()) return fmt::format("{}: {}", blocks_[at].link.seq.value(), what);
    }
    return {};
}

struct Agreement::Vote {
    Account account;
    std::vector<source::Answer> answers;
};

// Those with most voters first.
struct Agreement::Count {
    std::vector<Vote> votes;
    std::vector<source::Answer> unreadable;

    void add(source::Answer answer, Account account) {
        auto const same = std::find_if(votes.begin(), votes.end(),
                                       [&](Vote const& vote) { return vote.account == account; });
        auto& vote = same == votes.end() ? votes.emplace_back(Vote{std::move(account), {}}) : *same;
        vote.answers.push_back(std::move(answer));
    }
    // Of what most say, and what cannot be read where nobody's can.
    [[nodiscard]] std::vector<source::Answer>& best() noexcept {
        return votes.empty() ? unreadable : votes.front().answers;
    }
    [[nodiscard]] bool has_majority() const noexcept {
        return votes.size() == 1 || votes[0].answers.size() > votes[1].answers.size();
    }
    // What who does not say the same has: f(endpoint, in which way).
    template <class F>
    void each_other(F const& f) const {
        for (auto vote = std::next(votes.begin()); vote != votes.end(); ++vote) {
            auto const difference = votes.front().account.difference_to(vote->account);
            for (source::Answer const& answer : vote->answers) f(answer.endpoint, difference);
        }
    }
};

Agreement::Agreement(std::unique_ptr<source::Source> inner, config::Agreement const& config,
                     std::uint64_t salt, observe::Metrics& metrics)
    : Forwarding(std::move(inner)),
      agree_(config.agree),
      audited_(config.audited),
      salt_(salt),
      metrics_(metrics) {
}

void Agreement::doubt(base::Doubts const& doubts) {
    inner().doubt(doubts);
    auto const found = doubts.find("");
    std::lock_guard const lock(mutex_);
    disputed_ = found == doubts.end() ? Ranges{} : found->second;
}

bool Agreement::is_disputed(base::SeqRange part) const {
    std::lock_guard const lock(mutex_);
    return overlaps(disputed_, part);
}

bool Agreement::is_audited(base::SeqRange part) const noexcept {
    constexpr auto kMost = static_cast<double>(std::numeric_limits<std::uint64_t>::max());
    return static_cast<double>(mixed(part.begin.value() ^ salt_)) < audited_ * kMost;
}

source::Fetched Agreement::fetch(base::SeqRange part, std::stop_token stop) {
    bool const disputed = is_disputed(part);
    if (agree_ == 1 && !disputed && !is_audited(part)) return inner().fetch(part, std::move(stop));
    auto answers = inner().fetch_from_each(part, stop);
    if (answers.empty()) {
        auto fetched = inner().fetch(part, std::move(stop));
        auto* const answer = std::get_if<source::Answer>(&fetched);
        if (answer == nullptr) return fetched;
        answers.push_back(std::move(*answer));
    }
    auto counted = count(std::move(answers));
    metrics_.counter("indexer_compared_parts_total").add();
    auto const needed = needed_of(counted, disputed);
    if (!is_settled(counted, needed)) return dispute(part, counted, needed);
    tell(part, counted);
    return std::move(counted.best().front());
}

std::vector<source::Answer> Agreement::fetch_from_each(base::SeqRange part, std::stop_token stop) {
    bool const disputed = is_disputed(part);
    auto answers = inner().fetch_from_each(part, std::move(stop));
    if (agree_ == 1 && !disputed) return answers;
    auto counted = count(std::move(answers));
    if (!is_settled(counted, needed_of(counted, disputed))) return {};
    return std::move(counted.best());
}

Agreement::Count Agreement::count(std::vector<source::Answer> answers) const {
    Count counted;
    for (source::Answer& answer : answers) {
        try {
            Account account(decode(answer));
            counted.add(std::move(answer), std::move(account));
        } catch (base::Error const& error) {
            if (!is_of_the_answer(error)) throw;
            counted.unreadable.push_back(std::move(answer));
        }
    }
    std::stable_sort(counted.votes.begin(), counted.votes.end(), [](auto& one, auto& other) {
        return one.answers.size() > other.answers.size();
    });
    for (Vote& vote : counted.votes) {
        auto const witnesses = static_cast<unsigned>(vote.answers.size());
        for (source::Answer& answer : vote.answers) answer.witnesses = witnesses;
    }
    return counted;
}

std::size_t Agreement::needed_of(Count const& count, bool disputed) const noexcept {
    bool const in_doubt = disputed || count.votes.size() > 1;
    return std::max(agree_, in_doubt ? 2U : 1U);
}

// What nobody's answer can be read of is for the decoder to tell.
bool Agreement::is_settled(Count const& count, std::size_t needed) noexcept {
    return count.votes.empty() ||
           (count.has_majority() && count.votes.front().answers.size() >= needed);
}

source::Unavailable Agreement::dispute(base::SeqRange part, Count const& count,
                                       std::size_t needed) {
    {
        std::lock_guard const lock(mutex_);
        disputed_ = united(disputed_, {part});
    }
    auto const& most = count.votes.front().answers;
    auto said = fmt::format("{} are to agree, and only {} {} this: {}", needed, most.size(),
                            most.size() == 1 ? "says" : "say", most.front().endpoint);
    count.each_other([&](std::string const& endpoint, std::string const& difference) {
        metrics_.counter("indexer_disagreements_total", endpoint).add();
        said += fmt::format("; {}: {}", endpoint, difference);
    });
    for (source::Answer const& answer : count.unreadable) {
        said += fmt::format("; {}: not understood", answer.endpoint);
    }
    return {.part = part,
            .reason = std::move(said),
            .endpoint = most.front().endpoint,
            .disputed = true};
}

void Agreement::tell(base::SeqRange part, Count const& count) const {
    if (count.votes.empty()) return;
    count.each_other([&](std::string const& endpoint, std::string const& difference) {
        metrics_.counter("indexer_disagreements_total", endpoint).add();
        spdlog::warn("{}: {} is not as {} others serve it: {}", endpoint, text_of(part),
                     count.votes.front().answers.size(), difference);
    });
}

}  // namespace indexer::pipeline
