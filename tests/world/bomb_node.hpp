#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace indexer::test {

// What a hostile node sends instead of an answer.
struct Bomb {
    std::string begin;   // the answer from its first byte
    std::string repeat;  // then this for ever, unless it is empty
    std::string result;  // instead of both: a result to answer with; "%LINK%" is how the real block
                         // links to its neighbours
};

// By name: gzip (64 MiB of spaces), gzip_promise (21 bytes that promise 511 MiB), body (without an
// end), trailers, headers, header (one line), interim (answers 102), zeros (a block with a million
// zeros for transactions), hash (3 MB), names (a million of them).
[[nodiscard]] Bomb bomb(std::string const& name);

// Stands before a simulated node, and answers getBlock of some slots with a bomb. Ends with the
// object, connections included.
class BombNode {
  public:
    BombNode(std::string upstream, std::uint64_t first_slot, std::uint64_t last_slot, Bomb bomb);
    BombNode(BombNode const&) = delete;
    BombNode& operator=(BombNode const&) = delete;
    ~BombNode();

    // "http://127.0.0.1:<port>"
    [[nodiscard]] std::string url() const;

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace indexer::test
