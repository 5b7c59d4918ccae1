#include <gtest/gtest.h>

#include "tests/unit/solana/programs/hand_made.hpp"

namespace indexer::test {
namespace {

TEST(System, MovesLamports) {
    HandMade made;
    made.call(program::kSystem, {"a", "b"}, Bytes().u32(2).u64(1).str());
    made.call(program::kSystem, {"a", "new"}, Bytes().u32(0).u64(2).u64(165).key("x").str());
    made.call(program::kSystem, {"a", "new"},
              Bytes().u32(3).key("a").u64(4).append("seed").u64(3).u64(165).key("x").str());
    made.call(program::kSystem, {"nonce", "b", "more"}, Bytes().u32(5).u64(4).str());
    made.call(program::kSystem, {"seeded", "a", "b"},
              Bytes().u32(11).u64(5).u64(4).append("seed").key("x").str());
    made.call(program::kSystem, {"new", "a"}, Bytes().u32(13).u64(6).u64(165).key("x").str());
    made.call("another program", {}, "x")
        .inner(2, program::kSystem, {"a", "b"}, Bytes().u32(2).u64(7).append("trailing").str());
    EXPECT_EQ(made.lamport_moves(),
              (Lines{"0 transfer 1: a -> b", "1 createAccount 2: a -> new",
                     "2 createAccountWithSeed 3: a -> new", "3 withdrawFromNonce 4: nonce -> b",
                     "4 transferWithSeed 5: seeded -> b", "5 createAccountAllowPrefund 6: a -> new",
                     "6.0 transfer 7: a -> b"}));
    EXPECT_EQ(made.undecoded(), Lines{});
}

TEST(System, PassesOverWhatMovesNothing) {
    HandMade made;
    for (std::uint32_t const tag : {1U, 4U, 6U, 7U, 8U, 9U, 10U, 12U, 14U, 1U << 31}) {
        made.call(program::kSystem, {"a"}, Bytes().u32(tag).str());
    }
    made.call(program::kSystem, {"new"}, Bytes().u32(13).u64(0).u64(165).key("x").str());
    EXPECT_EQ(made.lamport_moves(), Lines{});
    EXPECT_EQ(made.undecoded(), Lines{});
}

TEST(System, SaysWhatItCannotDecode) {
    HandMade made;
    made.call(program::kSystem, {"a", "b"}, Bytes().u16(2).str());
    made.call(program::kSystem, {"a"}, Bytes().u32(2).u64(1).str());
    made.call(program::kSystem, {"a", "b"}, Bytes().u32(3).key("a").u64(~0ULL).str());
    EXPECT_EQ(made.lamport_moves(), Lines{});
    EXPECT_EQ(made.undecoded(),
              (Lines{"0 ends after 2 bytes", "1 has 1 accounts", "2 ends after 44 bytes"}));
}

}  // namespace
}  // namespace indexer::test
