#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/seq.hpp"
#include "model/block.hpp"
#include "source/source.hpp"

// Blocks asked for one by one, outside of the stream of a run.
namespace indexer::pipeline {

// Notes who sent the answer that a block is of, in what could not be decoded of it as well.
void sign(model::Block& block, source::Answer const& answer);

// Whether decoding failed for what the answer is, rather than for the program's state.
[[nodiscard]] bool is_of_the_answer(base::Error const& error) noexcept;

// A block, or why it could not be had.
struct SingleBlock {
    std::optional<model::Block> block;
    std::string why_not;
};

// The block at `seq` of an answer, signed. Throws what is not of the answer.
[[nodiscard]] SingleBlock block_in(source::Source const& source, source::Answer const& answer,
                                   base::Seq seq);

// The block at `seq`, as who is asked for it serves it. Throws only Fault::stopped.
[[nodiscard]] SingleBlock fetch_block(source::Source& source, base::Seq seq, std::stop_token stop);

// The block at `seq` as each endpoint serves it that does, where it can be decoded; as
// fetch_block() has it from a source that does not ask each. Throws only Fault::stopped.
[[nodiscard]] std::vector<model::Block> fetch_from_each(source::Source& source, base::Seq seq,
                                                        std::stop_token stop);

}  // namespace indexer::pipeline
