#include <gtest/gtest.h>

#include "tests/unit/solana/programs/hand_made.hpp"

namespace indexer::test {
namespace {

std::string amount_of(std::uint8_t tag, std::uint64_t amount) {
    return Bytes().u8(tag).u64(amount).str();
}

std::string checked(std::uint8_t tag, std::uint64_t amount) {
    return Bytes().u8(tag).u64(amount).u8(6).str();
}

std::string with_fee(std::uint64_t amount, std::uint64_t fee) {
    return Bytes().u8(26).u8(1).u64(amount).u8(6).u64(fee).str();
}

// A batch of instructions, each with so many accounts.
std::string batch(std::vector<std::pair<std::uint8_t, std::string>> const& instructions) {
    Bytes bytes;
    bytes.u8(255);
    for (auto const& [accounts, data] : instructions) {
        bytes.u8(accounts).u8(static_cast<std::uint8_t>(data.size())).append(data);
    }
    return bytes.str();
}

// A token account of each of two people.
void hold(HandMade& made, std::uint64_t moved, std::uint64_t arrived) {
    made.held("a", "coin", "alice", 1000, 1000 - moved).held("b", "coin", "bob", 5, 5 + arrived);
}

TEST(Token, MovesMintsAndBurns) {
    HandMade made;
    hold(made, 60, 75);
    made.call(program::kToken, {"a", "b", "alice"}, amount_of(3, 10));
    made.call(program::kToken, {"a", "coin", "b", "alice", "signer"}, checked(12, 20));
    made.call(program::kToken, {"coin", "b", "minter"}, amount_of(7, 30));
    made.call(program::kToken, {"coin", "b", "minter"}, checked(14, 40));
    made.call(program::kToken, {"a", "coin", "alice"}, amount_of(8, 10));
    made.call(program::kToken, {"a", "coin", "alice"}, checked(15, 20));
    auto const from = std::string(" coin: a of alice -> ");
    EXPECT_EQ(made.token_moves(),
              (Lines{"0 transfer 10" + from + "b of bob by alice, fee 0, decimals 6",
                     "1 transferChecked 20" + from + "b of bob by alice, fee 0, decimals 6",
                     "2 mintTo 30 coin: - -> b of bob by minter, fee 0, decimals 6",
                     "3 mintToChecked 40 coin: - -> b of bob by minter, fee 0, decimals 6",
                     "4 burn 10" + from + "- by alice, fee 0, decimals 6",
                     "5 burnChecked 20" + from + "- by alice, fee 0, decimals 6"}));
    EXPECT_EQ(made.undecoded(), Lines{});
}

TEST(Token, PassesOverWhatMovesNothing) {
    HandMade made;
    for (int const tag : {2, 4, 5, 9, 10, 11, 13, 17, 19, 21, 22, 24, 27, 37, 38, 44, 45, 99}) {
        made.call(program::kToken2022, {"a", "b", "alice"},
                  amount_of(static_cast<std::uint8_t>(tag), 1));
    }
    made.call(program::kToken2022, {"coin", "a"}, Bytes().u8(26).u8(4).str());  // harvest
    EXPECT_EQ(made.token_moves(), Lines{});
    EXPECT_EQ(made.undecoded(), Lines{});
}

TEST(Token, ReadsWhatItKnowsOfALongerInstruction) {
    HandMade made;
    hold(made, 10, 10);
    made.call(program::kToken, {"a", "b", "alice"}, amount_of(3, 10) + "later fields");
    EXPECT_EQ(made.token_moves().size(), 1U);
    EXPECT_EQ(made.undecoded(), Lines{});
}

TEST(Token, SaysWhatItCannotDecode) {
    HandMade made;
    made.call(program::kToken, {"a", "b", "alice"}, Bytes().u8(3).u32(1).str());
    made.call(program::kToken, {"a", "b"}, amount_of(3, 10));
    made.call(program::kToken, {"a", "coin", "b", "alice"}, amount_of(12, 10));
    made.call(program::kToken, {"a", "b", "alice"}, "");
    made.call(program::kToken, {"a", "b", "alice"}, std::string(20'000, 'x'));
    EXPECT_EQ(made.token_moves(), Lines{});
    EXPECT_EQ(made.undecoded(),
              (Lines{"0 ends after 5 bytes", "1 has 2 accounts", "2 ends after 9 bytes",
                     "3 ends after 0 bytes", "4 is not base58, or too long"}));
}

TEST(Batch, HoldsMovesOfItsOwn) {
    HandMade made;
    hold(made, 35, 30);
    made.call(program::kToken, {"a", "b", "alice", "c"}, amount_of(3, 1));
    made.call(program::kToken, {"a", "b", "alice", "a", "coin", "b", "alice", "a", "coin", "alice"},
              batch({{3, amount_of(3, 10)}, {4, checked(12, 20)}, {3, amount_of(8, 5)}}));
    auto const moves = made.token_moves();
    auto const from = std::string(" coin: a of alice -> ");
    EXPECT_EQ(Lines(moves.begin() + 1, moves.end()),
              (Lines{"1#0 transfer 10" + from + "b of bob by alice, fee 0, decimals 6",
                     "1#1 transferChecked 20" + from + "b of bob by alice, fee 0, decimals 6",
                     "1#2 burn 5" + from + "- by alice, fee 0, decimals 6"}));
}

TEST(Batch, IsFoundInsideOtherInstructions) {
    HandMade made;
    hold(made, 0, 0);
    made.call("another program", {}, "anything");
    made.inner(2, program::kToken2022, {"coin", "b", "minter"}, batch({{3, amount_of(7, 30)}}));
    EXPECT_EQ(made.token_moves().size(), 1U);
    EXPECT_TRUE(made.token_moves().front().starts_with("0.0#0 mintTo 30 coin"));
}

TEST(Batch, OpensAccountsForLaterMoves) {
    HandMade made;
    made.held("b", program::kWrappedSol, "bob", 0, 7);
    made.call(program::kToken, {"new", program::kWrappedSol, "new", "b", "alice"},
              batch({{2, Bytes().u8(18).key("alice").str()}, {3, amount_of(3, 7)}}));
    EXPECT_EQ(made.token_moves(), Lines{"0#1 transfer 7 SOL: new of alice -> b of bob by alice, "
                                        "fee 0, decimals 9"});
}

TEST(Batch, WithWrongLengthsOrABatchInsideIsUndecoded) {
    HandMade made;
    Names const accounts{"a", "b", "alice"};
    made.call(program::kToken, accounts, Bytes().u8(255).u8(3).str());
    made.call(program::kToken, accounts, Bytes().u8(255).u8(3).u8(9).u8(3).str());
    made.call(program::kToken, accounts, batch({{4, amount_of(3, 1)}}));
    made.call(program::kToken, accounts, batch({{2, amount_of(3, 1)}}));
    made.call(program::kToken, accounts, batch({{3, ""}}));
    made.call(program::kToken, accounts, batch({{3, batch({{3, amount_of(3, 1)}})}}));
    EXPECT_EQ(made.token_moves(), Lines{});
    EXPECT_EQ(made.undecoded(),
              (Lines{"0 ends after 2 bytes", "1 ends after 4 bytes", "2 names 3 accounts",
                     "3 has 2 accounts", "4 ends after 0 bytes", "5 holds a batch"}));
}

TEST(Batch, OfNothingMovesNothing) {
    HandMade made;
    made.call(program::kToken, {}, batch({}));
    EXPECT_EQ(made.token_moves(), Lines{});
    EXPECT_EQ(made.undecoded(), Lines{});
}

TEST(Fee, IsWhatTheInstructionSays) {
    HandMade made;
    hold(made, 100, 93);
    made.call(program::kToken2022, {"a", "coin", "b", "alice"}, with_fee(100, 7));
    EXPECT_EQ(made.token_moves(), Lines{"0 transferCheckedWithFee 100 coin: a of alice -> b of bob "
                                        "by alice, fee 7, decimals 6"});
}

TEST(Fee, IsElseWhatTheBalanceLacks) {
    HandMade made;
    hold(made, 100, 93);
    made.call(program::kToken2022, {"a", "coin", "b", "alice"}, checked(12, 100));
    EXPECT_EQ(made.token_moves(), Lines{"0 transferChecked 100 coin: a of alice -> b of bob by "
                                        "alice, fee 7, decimals 6"});
}

TEST(Fee, IsSharedByTransfersToOneAccountByTheirAmounts) {
    HandMade made;
    hold(made, 400, 372);
    made.call(program::kToken2022, {"a", "coin", "b", "alice"}, checked(12, 300));
    made.call(program::kToken2022, {"a", "coin", "b", "alice"}, with_fee(100, 4));
    auto const moves = made.token_moves();
    EXPECT_NE(moves.at(0).find("fee 24,"), std::string::npos) << moves.at(0);
    EXPECT_NE(moves.at(1).find("fee 4,"), std::string::npos) << moves.at(1);
}

// The fees of two transfers cannot be told apart, but that there is none can.
TEST(Fee, IsNotKnownWhereSeveralShareWhatTheBalanceLacks) {
    for (int const withheld : {0, 28}) {
        HandMade made;
        hold(made, 400, 400 - static_cast<std::uint64_t>(withheld));
        made.call(program::kToken2022, {"a", "coin", "b", "alice"}, checked(12, 300));
        made.call(program::kToken2022, {"a", "coin", "b", "alice"}, checked(12, 100));
        for (auto const& move : made.token_moves()) {
            EXPECT_NE(move.find(withheld == 0 ? "fee 0," : "fee ?,"), std::string::npos) << move;
        }
    }
}

// Rounded up, and at most what the mint says.
TEST(Fee, IsWhatTheMintsRuleAsks) {
    for (auto const& [amount, fee] : {std::pair{100U, "fee 1,"}, std::pair{40'000U, "fee 200,"},
                                      std::pair{4'000'000U, "fee 500,"}}) {
        HandMade made;
        made.call(program::kToken2022, {"coin"},
                  Bytes().u8(26).u8(0).u8(1).key("setter").u8(0).u16(50).u64(500).str());
        made.call(program::kToken2022, {"a", "coin", "b", "alice"}, checked(12, amount));
        made.call(program::kToken2022, {"a", "coin", "b", "alice"}, checked(12, amount));
        for (auto const& move : made.token_moves()) {
            EXPECT_NE(move.find(fee), std::string::npos) << move;
        }
    }
}

// Confidential deposit and withdrawal, unwrapLamports, withheld fees withdrawn, and whatever comes.
TEST(Fee, IsNotKnownWhereSomethingElseTouchedTheAccount) {
    for (auto const& other :
         {Bytes().u8(27).u8(5).u64(5).u8(6).str(), Bytes().u8(27).u8(6).u64(5).u8(6).str(),
          Bytes().u8(45).u8(0).str(), Bytes().u8(42).u8(3).str(), amount_of(99, 5)}) {
        HandMade made;
        hold(made, 100, 93);
        made.call(program::kToken2022, {"a", "coin", "b", "alice"}, checked(12, 100));
        made.call(program::kToken2022, {"b", "coin", "bob"}, other);
        EXPECT_NE(made.token_moves().at(0).find("fee ?,"), std::string::npos);
    }
    for (int const tag : {2, 3}) {
        HandMade made;
        hold(made, 100, 95);
        made.call(program::kToken2022, {"a", "coin", "b", "alice"}, checked(12, 100));
        made.call(program::kToken2022, {"coin", "b", "bob"},
                  Bytes().u8(26).u8(static_cast<std::uint8_t>(tag)).u8(0).str());
        EXPECT_NE(made.token_moves().at(0).find("fee ?,"), std::string::npos) << tag;
    }
}

// What was withheld is harvested from an account so that it can be closed, and is no part of its
// amount.
TEST(Fee, IsKnownOfAnAccountThatIsHarvestedAndClosed) {
    HandMade made;
    made.held("a", "coin", "alice", 100, 0).held("b", "coin", "bob", 0, std::nullopt);
    made.held("c", "coin", "carol", 0, 90);
    made.call(program::kToken2022, {"a", "coin", "b", "alice"}, checked(12, 100));
    made.call(program::kToken2022, {"b", "coin", "c", "bob"}, with_fee(93, 3));
    made.call(program::kToken2022, {"coin", "b"}, Bytes().u8(26).u8(4).str());
    made.call(program::kToken2022, {"b", "bob", "bob"}, Bytes().u8(9).str());
    EXPECT_NE(made.token_moves().at(0).find("fee 7,"), std::string::npos);
    EXPECT_EQ(made.unexplained(), "-");
}

TEST(Fee, IsNoneWhereAnAccountPaysItself) {
    HandMade made;
    made.held("a", "coin", "alice", 100, 100);
    made.call(program::kToken2022, {"a", "coin", "a", "alice"}, checked(12, 60));
    EXPECT_NE(made.token_moves().at(0).find("fee 0,"), std::string::npos);
}

TEST(Fee, IsNotKnownWhereNotAllWasRecorded) {
    HandMade made;
    hold(made, 100, 93);
    made.call(program::kToken2022, {"a", "coin", "b", "alice"}, checked(12, 100)).forget_calls();
    EXPECT_NE(made.token_moves().at(0).find("fee ?,"), std::string::npos);
}

TEST(Fee, IsNotKnownWhereBalancesDoNotAddUp) {
    HandMade made;
    hold(made, 100, 120);  // more arrived than the instruction sent
    made.call(program::kToken2022, {"a", "coin", "b", "alice"}, checked(12, 100));
    EXPECT_NE(made.token_moves().at(0).find("fee ?,"), std::string::npos);
}

// Token balances after, as the moves of every kind lead to them.
TEST(Balance, IsExplainedByItsMoves) {
    HandMade made;
    made.held("a", "coin", "alice", 1000, 945).held("b", "coin", "bob", 5, 55);
    made.held("new", "coin", "carol", std::nullopt, 5).held("other", "coin", "dan", 7, 7);
    made.call(program::kToken, {"a", "b", "alice"}, amount_of(3, 60));
    made.call(program::kToken, {"b", "new", "bob"}, amount_of(3, 10));
    made.call(program::kToken, {"new", "coin", "carol"}, amount_of(8, 5));
    made.call(program::kToken, {"coin", "a", "minter"}, amount_of(7, 5));
    EXPECT_EQ(made.unexplained(), "-");
}

TEST(Balance, ThatNoMoveLeadsToIsUnexplained) {
    HandMade made;
    made.held("a", "coin", "alice", 10, 9);
    EXPECT_EQ(made.unexplained(), "a");
    for (int const arrived : {9, 11}) {
        HandMade moved;
        moved.held("a", "coin", "alice", 10, 0);
        moved.held("b", "coin", "bob", 0, static_cast<std::uint64_t>(arrived));
        moved.call(program::kToken, {"a", "b", "alice"}, amount_of(3, 10));
        EXPECT_EQ(moved.unexplained(), "b") << arrived;
    }
}

TEST(Balance, OfAnAccountThatWasMovedIsThere) {
    HandMade made;
    made.held("a", "coin", "alice", 10, 0);
    made.call(program::kToken, {"a", "b", "alice"}, amount_of(3, 10));
    EXPECT_EQ(made.unexplained(), "b");
    HandMade opened;
    opened.held("a", "coin", "alice", 10, 10);
    opened.call(program::kToken, {"b", "coin"}, Bytes().u8(18).key("bob").str());
    opened.call(program::kToken, {"a", "b", "alice"}, amount_of(3, 10));
    opened.call(program::kToken, {"b", "a", "bob"}, amount_of(3, 10));
    opened.call(program::kToken, {"b", "alice", "bob"}, Bytes().u8(9).str());
    EXPECT_EQ(opened.unexplained(), "-");
}

TEST(Balance, OfToken2022MayLackAFee) {
    for (int const arrived : {0, 93, 100, 101}) {
        HandMade made;
        hold(made, 100, static_cast<std::uint64_t>(arrived));
        made.call(program::kToken2022, {"a", "coin", "b", "alice"}, checked(12, 100));
        EXPECT_EQ(made.unexplained(), arrived > 100 ? "b" : "-") << arrived;
    }
}

TEST(Balance, OfWrappedSolFollowsFromLamportsAsWell) {
    HandMade made;
    made.held("a", program::kWrappedSol, "alice", 10, 15);
    EXPECT_EQ(made.unexplained(), "-");
}

// unwrapLamports, confidential deposit, and what came later.
TEST(Balance, IsNotKnownOfAnAccountThatSomethingElseTouched) {
    for (auto const& data : {amount_of(45, 5), Bytes().u8(27).u8(5).u64(5).u8(6).str(),
                             amount_of(99, 5), amount_of(42, 5)}) {
        HandMade made;
        made.held("a", "coin", "alice", 10, 5).held("b", "coin", "bob", 1, 2);
        made.call(program::kToken2022, {"a", "coin", "alice"}, data);
        EXPECT_EQ(made.unexplained(), "b");
    }
}

TEST(Balance, IsNotKnownOfAnAccountOfAnInstructionThatCannotBeDecoded) {
    HandMade made;
    made.held("a", "coin", "alice", 10, 5);
    made.call(program::kToken, {"a", "b", "alice"}, Bytes().u8(3).u32(5).str());
    EXPECT_EQ(made.unexplained(), "-");
}

TEST(Balance, IsNotKnownOfAnAccountThatWasOpenedAgainForAnotherMint) {
    HandMade made;
    made.held("a", "coin", "alice", 0, std::nullopt).held("a", "gem", "alice", std::nullopt, 7);
    EXPECT_EQ(made.unexplained(), "-");
}

TEST(Mint, IsOneOfEitherBalance) {
    HandMade made;
    made.held("b", "coin", "bob", std::nullopt, 10);
    made.call(program::kToken, {"a", "b", "alice"}, amount_of(3, 10));
    EXPECT_EQ(made.token_moves(), Lines{"0 transfer 10 coin: a of ? -> b of bob by alice, fee 0, "
                                        "decimals 6"});
}

TEST(Mint, IsWhatOpensTheAccount) {
    HandMade made;
    made.call(program::kToken, {"a", "coin", "alice", "rent"}, Bytes().u8(1).str());
    made.call(program::kToken, {"b", "coin", "rent"}, Bytes().u8(16).key("bob").str());
    made.call(program::kToken, {"coin", "rent"}, Bytes().u8(0).u8(3).key("minter").str());
    made.call(program::kToken, {"a", "b", "alice"}, amount_of(3, 10));
    EXPECT_EQ(made.token_moves(), Lines{"3 transfer 10 coin: a of alice -> b of bob by alice, fee "
                                        "0, decimals 3"});
}

TEST(Mint, IsWhatALaterMoveNames) {
    HandMade made;
    made.call(program::kToken, {"a", "b", "alice"}, amount_of(3, 10));
    made.call(program::kToken, {"b", "coin", "c", "bob"}, checked(12, 10));
    EXPECT_EQ(made.token_moves().at(0),
              "0 transfer 10 coin: a of ? -> b of ? by alice, fee 0, decimals 6");
}

TEST(Mint, IsNotKnownWhereNothingTells) {
    HandMade made;
    made.call(program::kToken, {"a", "b", "alice"}, amount_of(3, 10));
    EXPECT_EQ(made.token_moves(),
              Lines{"0 transfer 10 ?: a of ? -> b of ? by alice, fee 0, decimals ?"});
}

TEST(Owner, IsTheOneAtThatMoment) {
    HandMade made;
    made.held("a", "coin", "alice", 100, 80).held("b", "coin", "bob", 0, 20);
    made.call(program::kToken, {"a", "b", "alice"}, amount_of(3, 10));
    made.call(program::kToken, {"b", "bob"}, Bytes().u8(6).u8(2).u8(1).key("carol").str());
    made.call(program::kToken, {"b", "bob"}, Bytes().u8(6).u8(3).u8(1).key("closer").str());
    made.call(program::kToken, {"a", "b", "alice"}, amount_of(3, 10));
    auto const moves = made.token_moves();
    EXPECT_NE(moves.at(0).find("b of bob"), std::string::npos) << moves.at(0);
    EXPECT_NE(moves.at(1).find("b of carol"), std::string::npos) << moves.at(1);
}

TEST(Owner, IsTheLastOneOfAnAccountThatCameToBe) {
    HandMade made;
    made.held("a", "coin", "alice", 10, std::nullopt).held("b", "coin", "bob", std::nullopt, 10);
    made.call(program::kToken, {"a", "b", "alice"}, amount_of(3, 10));
    EXPECT_NE(made.token_moves().at(0).find("a of alice -> b of bob"), std::string::npos);
}

TEST(Owner, IsNotKnownOfOldBalances) {
    HandMade made;
    made.held("a", "coin", "", 10, 0).held("b", "coin", "", 0, 10);
    made.call(program::kToken, {"a", "b", "alice"}, amount_of(3, 10));
    EXPECT_NE(made.token_moves().at(0).find("coin: a of ? -> b of ? by"), std::string::npos);
}

}  // namespace
}  // namespace indexer::test
