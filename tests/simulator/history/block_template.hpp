#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/simulator/history/chain.hpp"
#include "tests/simulator/history/text.hpp"

namespace indexer::simulator {

// A value that differs from slot to slot.
enum class Hole : char {
    hash = 'h',
    parent_hash = 'p',
    parent_slot = 's',
    height = 'n',
    time = 't',
    recent_hash = 'r',  // the n-th block before
    signature = 'g',    // the n-th of the block
};

// The JSON text of a block in which a slot's own values are left open, so that many slots can share
// one rendering and still be unique and linked: filling in costs a copy. Immutable.
class BlockTemplate {
  public:
    // What to put in the text where a value belongs; a JSON value of its own.
    [[nodiscard]] static std::string hole(Hole kind, std::size_t n = 0);

    // Takes text with holes in it. `deflate`: its texts also come deflated.
    BlockTemplate(std::string_view text_with_holes, bool deflate);

    // The text for a slot. Requires: the chain lives as long as the text.
    [[nodiscard]] static Text fill(std::shared_ptr<BlockTemplate const> blank, Chain const& chain,
                                   Slot slot, unsigned fork);

    // Bytes of memory it takes, about.
    [[nodiscard]] std::size_t size() const noexcept;

  private:
    struct Opening {
        std::size_t offset;
        Hole kind;
        std::size_t n;
    };
    struct Filling;

    void deflate();
    [[nodiscard]] std::string_view part(std::size_t n) const;

    std::string text_;  // without the holes
    std::vector<Opening> openings_;
    std::vector<std::string> deflated_;  // what precedes each opening, and what follows the last
};

}  // namespace indexer::simulator
