#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "source/source.hpp"

namespace indexer::test {

// A block as somebody tells of it.
struct Told {
    std::uint64_t seq;
    std::string hash;
    std::uint64_t parent;
    std::string parent_hash;
    std::int64_t height;
};

// A chain made by chance: blocks by seq, the first of them the child of one that nobody serves.
using Truth = std::map<std::uint64_t, Told>;
[[nodiscard]] Truth random_truth(std::mt19937_64& random, std::size_t blocks);

// How a block is told of by an endpoint that lies about it.
enum class Lie {
    far_parent,    // the parent is an earlier seq, the hash as it is
    parent_hash,   // another hash of the parent
    hash,          // another hash
    hides,         // its parent is its grandparent or one before that, with the right hash
    height,        // another height
    fork,          // it and those next to it are of another chain
    phantom,       // there is one where there is none
    says_skipped,  // there is none where there is one
    undecodable,
};

struct Liar {
    std::map<std::uint64_t, Lie> lies;  // by seq
    bool only_once = false;             // the truth when it is asked again
    bool by_chance = false;             // half of the times
    std::set<std::uint64_t> omitted;    // lists leave them out
};

// Several endpoints, some of which lie. Safe for concurrent use.
class LyingSource final : public source::Source {
  public:
    // Endpoints that tell the truth are liars without lies. `truth` must outlive the source.
    LyingSource(Truth const& truth, std::vector<Liar> endpoints, std::uint64_t seed);

    [[nodiscard]] std::string_view chain() const noexcept override { return "fake"; }
    [[nodiscard]] std::string content() const override { return "blocks"; }
    [[nodiscard]] std::span<model::Table const* const> tables() const noexcept override {
        return {};
    }
    [[nodiscard]] std::string network(std::stop_token /*stop*/) override { return "fakenet"; }
    [[nodiscard]] base::Seq tip(std::stop_token stop) override;
    [[nodiscard]] base::Seq first_available(std::stop_token stop) override;
    [[nodiscard]] std::vector<base::SeqRange> parts(base::SeqRange range,
                                                    std::stop_token stop) override;
    [[nodiscard]] source::Fetched fetch(base::SeqRange part, std::stop_token stop) override;
    [[nodiscard]] std::vector<source::Answer> fetch_from_each(base::SeqRange part,
                                                              std::stop_token stop) override;
    [[nodiscard]] std::vector<model::Block> decode(source::Answer const& answer) const override;
    [[nodiscard]] bool quarantine(std::string const& endpoint) override;

  private:
    [[nodiscard]] std::string answer_of(std::size_t endpoint, std::uint64_t seq);
    [[nodiscard]] std::string lie_of(Lie lie, std::uint64_t seq) const;
    [[nodiscard]] std::vector<std::size_t> asked_in_order();

    Truth const& truth_;
    std::mutex mutex_;
    std::vector<Liar> endpoints_;
    std::set<std::size_t> quarantined_;
    std::mt19937_64 random_;
};

}  // namespace indexer::test
