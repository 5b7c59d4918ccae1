#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "source/source.hpp"

namespace indexer::test {

// A chain as several endpoints tell of it, each in its own way, a block a seq. One thread at a
// time.
class EndpointsSource final : public source::Source {
  public:
    // What an endpoint serves there; throws what decoding its answer does.
    using Serve = std::function<model::Block(base::Seq)>;

    std::map<std::string, Serve> serving{};  // by endpoint; who has none says nothing
    std::vector<std::string> quarantined{};
    int asked = 0;  // how often all of them were
    int asked_one = 0;

    [[nodiscard]] source::Fetched fetch(base::SeqRange part, std::stop_token /*stop*/) override {
        ++asked_one;
        for (auto const& [endpoint, serve] : serving) {
            if (serve) return answer(part, endpoint);
        }
        return source::Unavailable{.part = part, .reason = "not here", .endpoint = "nobody"};
    }
    [[nodiscard]] std::vector<source::Answer> fetch_from_each(base::SeqRange part,
                                                              std::stop_token /*stop*/) override {
        ++asked;
        std::vector<source::Answer> answers;
        for (auto const& [endpoint, serve] : serving) {
            if (serve) answers.push_back(answer(part, endpoint));
        }
        return answers;
    }
    [[nodiscard]] std::vector<model::Block> decode(source::Answer const& answer) const override {
        std::vector<model::Block> blocks;
        for (auto seq = answer.part.begin; seq < answer.part.end; seq = seq.next()) {
            blocks.push_back(serving.at(answer.endpoint)(seq));
        }
        return blocks;
    }
    [[nodiscard]] bool quarantine(std::string const& endpoint) override {
        quarantined.push_back(endpoint);
        return serving.size() > 1;
    }

    [[nodiscard]] std::string_view chain() const noexcept override { return "fake"; }
    [[nodiscard]] std::string content() const override { return "blocks"; }
    [[nodiscard]] std::span<model::Table const* const> tables() const noexcept override {
        return {};
    }
    [[nodiscard]] std::string network(std::stop_token /*stop*/) override { return "fakenet"; }
    [[nodiscard]] base::Seq tip(std::stop_token /*stop*/) override { return {}; }
    [[nodiscard]] base::Seq first_available(std::stop_token /*stop*/) override { return {}; }
    [[nodiscard]] std::vector<base::SeqRange> parts(base::SeqRange /*range*/,
                                                    std::stop_token /*stop*/) override {
        return {};
    }

  private:
    [[nodiscard]] static source::Answer answer(base::SeqRange part, std::string const& endpoint) {
        return {.part = part, .body = base::body_of(""), .endpoint = endpoint};
    }
};

}  // namespace indexer::test
