#include "pipeline/single_block.hpp"

#include <utility>

#include "base/error.hpp"

namespace indexer::pipeline {

bool is_of_the_answer(base::Error const& error) noexcept {
    return error.fault() == base::Fault::not_understood || error.fault() == base::Fault::endpoint;
}

SingleBlock block_in(source::Source const& source, source::Answer const& answer, base::Seq seq) {
    try {
        for (model::Block& block : source.decode(answer)) {
            if (block.link.seq != seq) continue;
            sign(block, answer);
            return {std::move(block), {}};
        }
        return {std::nullopt, "the answer of " + answer.endpoint + " holds no such block"};
    } catch (base::Error const& error) {
        if (!is_of_the_answer(error)) throw;
        return {std::nullopt, error.what()};
    }
}

void sign(model::Block& block, source::Answer const& answer) {
    block.endpoint = answer.endpoint;
    block.witnesses = answer.witnesses;
    for (model::DeadLetter& letter : block.dead_letters) letter.endpoint = answer.endpoint;
}

SingleBlock fetch_block(source::Source& source, base::Seq seq, std::stop_token stop) {
    try {
        auto const fetched = source.fetch(base::SeqRange::single(seq), std::move(stop));
        auto const* const answer = std::get_if<source::Answer>(&fetched);
        if (answer != nullptr) return block_in(source, *answer, seq);
        return {std::nullopt, std::get<source::Unavailable>(fetched).reason};
    } catch (base::Error const& error) {
        if (error.fault() != base::Fault::endpoint) throw;
        return {std::nullopt, error.what()};
    }
}

std::vector<model::Block> fetch_from_each(source::Source& source, base::Seq seq,
                                          std::stop_token stop) {
    std::vector<model::Block> blocks;
    auto const answers = source.fetch_from_each(base::SeqRange::single(seq), stop);
    for (source::Answer const& answer : answers) {
        auto one = block_in(source, answer, seq);
        if (one.block) blocks.push_back(std::move(*one.block));
    }
    if (!answers.empty()) return blocks;
    auto one = fetch_block(source, seq, std::move(stop));
    if (one.block) blocks.push_back(std::move(*one.block));
    return blocks;
}

}  // namespace indexer::pipeline
