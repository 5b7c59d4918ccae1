#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "source/source.hpp"

namespace indexer::source {

// A source that says what another one does, as the base of those that change some of it.
class Forwarding : public Source {
  public:
    explicit Forwarding(std::unique_ptr<Source> inner) : inner_(std::move(inner)) {}

    [[nodiscard]] std::string_view chain() const noexcept override { return inner_->chain(); }
    [[nodiscard]] std::string content() const override { return inner_->content(); }
    [[nodiscard]] std::span<model::Table const* const> tables() const noexcept override {
        return inner_->tables();
    }
    [[nodiscard]] std::string network(std::stop_token stop) override {
        return inner_->network(std::move(stop));
    }
    [[nodiscard]] bool has_hashes() const noexcept override { return inner_->has_hashes(); }
    [[nodiscard]] base::Seq tip(std::stop_token stop) override {
        return inner_->tip(std::move(stop));
    }
    [[nodiscard]] std::vector<base::Seq> tips(std::stop_token stop) override {
        return inner_->tips(std::move(stop));
    }
    [[nodiscard]] base::Seq first_available(std::stop_token stop) override {
        return inner_->first_available(std::move(stop));
    }
    [[nodiscard]] std::uint64_t window() const override { return inner_->window(); }
    [[nodiscard]] std::vector<base::SeqRange> parts(base::SeqRange range,
                                                    std::stop_token stop) override {
        return inner_->parts(range, std::move(stop));
    }
    [[nodiscard]] bool lists_blocks() const noexcept override { return inner_->lists_blocks(); }
    [[nodiscard]] Fetched fetch(base::SeqRange part, std::stop_token stop) override {
        return inner_->fetch(part, std::move(stop));
    }
    void doubt(base::Doubts const& doubts) override { inner_->doubt(doubts); }
    [[nodiscard]] std::vector<model::Block> decode(Answer const& answer) const override {
        return inner_->decode(answer);
    }
    [[nodiscard]] std::vector<Answer> fetch_from_each(base::SeqRange part,
                                                      std::stop_token stop) override {
        return inner_->fetch_from_each(part, std::move(stop));
    }
    [[nodiscard]] std::uint64_t replaceable() const override { return inner_->replaceable(); }
    [[nodiscard]] bool quarantine(std::string const& endpoint) override {
        return inner_->quarantine(endpoint);
    }
    [[nodiscard]] std::string_view recounted_by() const noexcept override {
        return inner_->recounted_by();
    }
    [[nodiscard]] std::optional<Recount> recount(base::SeqRange part,
                                                 std::stop_token stop) override {
        return inner_->recount(part, std::move(stop));
    }
    [[nodiscard]] std::optional<Protocol> protocol() const override { return inner_->protocol(); }
    [[nodiscard]] std::vector<Probe> probe(std::stop_token stop) override {
        return inner_->probe(std::move(stop));
    }

  protected:
    [[nodiscard]] Source& inner() const noexcept { return *inner_; }

  private:
    std::unique_ptr<Source> inner_;
};

}  // namespace indexer::source
