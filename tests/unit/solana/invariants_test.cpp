#include "solana/invariants.hpp"

#include <gtest/gtest.h>

#include "solana/block_decoder.hpp"
#include "solana/programs.hpp"
#include "tests/support/base58_text.hpp"
#include "tests/support/rows_text.hpp"

// What no honest node sends, each in a transaction that is sound otherwise: it calls a program,
// which moves tokens, and looks up two addresses.
namespace indexer::solana {
namespace {

constexpr char const* kToday = "1790000000";

std::string address(char name) {
    return test::base58_text(std::string(32, name));
}

std::string quoted(std::string const& text) {
    return '"' + text + '"';
}

std::string held(int account, int amount) {
    return R"({"accountIndex":)" + std::to_string(account) + R"(,"mint":)" + quoted(address('M')) +
           R"(,"owner":)" + quoted(address('O')) + R"(,"uiTokenAmount":{"amount":")" +
           std::to_string(amount) + R"(","decimals":2}})";
}

std::string transfer() {
    auto const data = test::base58_text(std::string("\x03\x0a\0\0\0\0\0\0\0", 9));
    return R"({"programIdIndex":3,"accounts":[1,2,0],"data":)" + quoted(data) +
           R"(,"stackHeight":2})";
}

// Of accounts: 0 pays, 1 and 2 hold tokens, 3 is the token program, 4 the caller, 5 and 6 loaded.
std::string meta() {
    return R"({"computeUnitsConsumed":150,"err":null,"fee":5000,)"
           R"("innerInstructions":[{"index":0,"instructions":[)" +
           transfer() + R"(]}],"loadedAddresses":{"readonly":[)" + quoted(address('X')) +
           R"(],"writable":[)" + quoted(address('Y')) +
           R"(]},"logMessages":["a line"],"postBalances":[1,2,3,4,5,6,7],"postTokenBalances":[)" +
           held(1, 90) + ',' + held(2, 10) + R"(],"preBalances":[5001,2,3,4,5,6,7],)" +
           R"("preTokenBalances":[)" + held(1, 100) + ',' + held(2, 0) +
           R"(],"status":{"Ok":null}})";
}

std::string transaction(std::string const& meta_text, std::string_view program) {
    return R"({"meta":)" + meta_text + R"(,"transaction":{"message":{"accountKeys":[)" +
           quoted(address('P')) + ',' + quoted(address('A')) + ',' + quoted(address('B')) + ',' +
           quoted(std::string(programs::kToken)) + ',' + quoted(std::string(program)) +
           R"(],"addressTableLookups":[{"accountKey":)" + quoted(address('T')) +
           R"(,"readonlyIndexes":[7],"writableIndexes":[9]}],"header":{"numRequiredSignatures":1},)"
           R"("instructions":[{"programIdIndex":4,"accounts":[0,6],"data":"3Bxs4Z"}],)"
           R"("recentBlockhash":)" +
           quoted(address('H')) + R"(},"signatures":[)" +
           quoted(test::base58_text(std::string(64, 'S'))) + R"(]},"version":0})";
}

std::string sound() {
    return transaction(meta(), address('C'));
}

model::Block decode(std::string const& transactions, std::string const& time = kToday) {
    auto body = R"({"result":{"blockTime":)" + time + R"(,"blockhash":)" + quoted(address('B')) +
                R"(,"parentSlot":4,"previousBlockhash":)" + quoted(address('A')) +
                R"(,"transactions":[)" + transactions + "]}}";
    body.reserve(body.size() + simdjson::SIMDJSON_PADDING);
    return BlockDecoder({.votes = true}).decode(body, base::Seq(6));
}

struct Damage {
    char const* name;
    std::string from;
    std::string to;
    char const* error;
    bool of_votes = true;  // whether a vote must not be so, either
};

std::string damaged(std::string text, Damage const& damage) {
    auto const at = text.find(damage.from);
    EXPECT_NE(at, std::string::npos) << damage.from;
    return text.replace(at, damage.from.size(), damage.to);
}

void expect_dead_letter(std::string const& text, std::string const& error) {
    auto const block = decode(text);
    ASSERT_EQ(block.dead_letters.size(), 1U);
    EXPECT_EQ(block.dead_letters.front().error, error);
    EXPECT_EQ(block.dead_letters.front().path, "transactions[0]");
    EXPECT_EQ(block.dead_letters.front().raw, text);
    for (std::size_t table = 1; table < block.rows.size(); ++table) {
        EXPECT_EQ(block.rows.at(table).rows(), 0U) << block.rows.at(table).table().name;
    }
}

// Why the only transaction is a dead letter; empty when it is none.
std::string refusal(model::Block const& block) {
    return block.dead_letters.empty() ? "" : block.dead_letters.front().error;
}

class Violation : public ::testing::TestWithParam<Damage> {};

TEST_P(Violation, MakesATransactionADeadLetter) {
    expect_dead_letter(damaged(sound(), GetParam()), GetParam().error);
}

TEST_P(Violation, OfAVoteLikewise) {
    if (!GetParam().of_votes) GTEST_SKIP() << "a vote calls nobody and moves no tokens";
    expect_dead_letter(damaged(transaction(meta(), programs::kVote), GetParam()), GetParam().error);
}

// Only the name of a field is another one: it is not there any more.
Damage without(char const* name, std::string const& field, char const* error,
               bool of_votes = true) {
    return {name, quoted(field), quoted("no " + field), error, of_votes};
}

constexpr auto kLoaded = "other loaded addresses than it looks up";
constexpr auto kBalances = "not one balance for each account";
constexpr auto kInner = "no inner instructions, although it succeeded and may have called others";
constexpr auto kTokens = "no token balances, although it succeeded and called a token program";

INSTANTIATE_TEST_SUITE_P(
    Lacks, Violation,
    ::testing::Values(
        Damage{"Meta", meta(), "null", "no meta"}, without("MetaField", "meta", "no meta"),
        without("Error", "err", "does not tell whether it succeeded"),
        without("Fee", "fee", "no fee"), without("Lookups", "addressTableLookups", kLoaded),
        without("LoadedAddresses", "loadedAddresses", kLoaded),
        without("LoadedWritable", "writable", kLoaded),
        Damage{"ALoadedAddress", quoted(address('X')), "", kLoaded},
        without("PreBalances", "preBalances", kBalances),
        Damage{"APostBalance", "[1,2,3,4,5,6,7]", "[1,2,3,4,5,6]", kBalances},
        Damage{"AnAccountKey", quoted(address('B')) + ",", "",
               "calls a program that is not among its own accounts"},
        without("InnerInstructions", "innerInstructions", kInner, false),
        without("PreTokenBalances", "preTokenBalances", kTokens, false),
        without("PostTokenBalances", "postTokenBalances", kTokens, false),
        Damage{"ATokenBalance", held(1, 90) + ",", "",
               "the token balance of account 1 is not what its instructions lead to", false},
        Damage{"ACall", transfer(), "",
               "the token balance of account 1 is not what its instructions lead to", false}),
    [](auto const& test) { return test.param.name; });

std::string without_field(std::string text, std::string const& field) {
    return damaged(std::move(text), without("", field, ""));
}

constexpr auto kCall =
    "transaction.message.instructions[0]: lacks one of accounts, data and "
    "programIdIndex, so its encoding is not json";
constexpr auto kInnerCall =
    "meta.innerInstructions[0].instructions[0]: lacks one of accounts, "
    "data and programIdIndex, so its encoding is not json";
constexpr auto kGroup = "meta.innerInstructions[0]: lacks one of index and instructions";
constexpr auto kHeld =
    "meta.postTokenBalances[0]: lacks one of accountIndex, mint and "
    "uiTokenAmount";
constexpr auto kAmount =
    "meta.postTokenBalances[0].uiTokenAmount: lacks one of amount and "
    "decimals";
constexpr auto kOuterCall = R"({"programIdIndex":4,"accounts":[0,6],"data":"3Bxs4Z"})";

INSTANTIATE_TEST_SUITE_P(
    LacksAPart, Violation,
    ::testing::Values(
        Damage{"OfAMessage", R"("instructions":[{"programIdIndex":4)", R"("none":[{"x":4)",
               "transaction.message: lacks one of instructions"},
        Damage{"OfAHeader", R"("numRequiredSignatures":1)", R"("signatures":1)",
               "transaction.message.header: lacks one of numRequiredSignatures"},
        Damage{"OfACallItsData", kOuterCall, without_field(kOuterCall, "data"), kCall},
        Damage{"OfACallItsAccounts", kOuterCall, without_field(kOuterCall, "accounts"), kCall},
        Damage{"OfACallItsProgram", kOuterCall, without_field(kOuterCall, "programIdIndex"), kCall},
        Damage{"OfAnInnerCallItsData", transfer(), without_field(transfer(), "data"), kInnerCall},
        Damage{"OfAnInnerCallTwice", transfer(),
               damaged(transfer(), {"", "{", R"({"data":"",)", ""}),
               "meta.innerInstructions[0].instructions[0].data: there twice"},
        Damage{"OfAListOfCallsItsCaller", R"({"index":0,)", "{", kGroup},
        Damage{"OfAListOfCallsItsCalls", R"({"index":0,"instructions":[)", R"({"index":0,"none":[)",
               kGroup},
        Damage{"OfABalanceItsAccount", held(1, 90), without_field(held(1, 90), "accountIndex"),
               kHeld},
        Damage{"OfABalanceItsMint", held(1, 90), without_field(held(1, 90), "mint"), kHeld},
        Damage{"OfABalanceItsAmount", held(1, 90), without_field(held(1, 90), "uiTokenAmount"),
               kHeld},
        Damage{"OfAnAmountItsNumber", held(1, 90), without_field(held(1, 90), "amount"), kAmount},
        Damage{"OfAnAmountItsDecimals", held(1, 90), without_field(held(1, 90), "decimals"),
               kAmount},
        Damage{"AllInstructions", std::string("[") + kOuterCall + "]", "[]",
               "compute units, but no instruction that used them"}),
    [](auto const& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    IsNot, Violation,
    ::testing::Values(
        Damage{"AnAddress", address('A'), address('A').replace(5, 1, "0"),
               "transaction.message.accountKeys[1]: not base58 of 32 bytes"},
        Damage{"AnAddressOf31Bytes", address('A'), test::base58_text(std::string(31, 'A')),
               "transaction.message.accountKeys[1]: not base58 of 32 bytes"},
        Damage{"ALoadedAddress", address('X'), "x",
               "meta.loadedAddresses.readonly[0]: not base58 of 32 bytes"},
        Damage{"AMint", address('M'), "coin",
               "meta.postTokenBalances[0].mint: not base58 of 32 bytes"},
        Damage{"AnOwner", address('O'), "owner",
               "meta.postTokenBalances[0].owner: not base58 of 32 bytes"},
        Damage{"ABlockhash", address('H'), "hash",
               "transaction.message.recentBlockhash: not base58 of 32 bytes"},
        Damage{"ASignature", test::base58_text(std::string(64, 'S')),
               test::base58_text(std::string(63, 'S')),
               "transaction.signatures[0]: not base58 of 64 bytes"},
        Damage{"AVersion", R"("version":0)", R"("version":"v0")", "version: an unknown word"},
        Damage{"AVersionOfSevenBits", R"("version":0)", R"("version":128)",
               "version: 128 is out of range"},
        Damage{"AnErrorButANumber", R"("err":null)", R"("err":5)",
               "meta.err: of a type that no node sends"},
        Damage{"AnErrorButAList", R"("err":null)", R"("err":[])",
               "meta.err: of a type that no node sends"},
        Damage{"AnErrorButTwo", R"("err":null)", R"("err":{"A":1,"B":2})",
               "meta.err: not of one field"}),
    [](auto const& test) { return test.param.name; });

// As where bytes were lost between two transactions, and the rest looks like one.
INSTANTIATE_TEST_SUITE_P(
    HasTwice, Violation,
    ::testing::Values(
        Damage{"WhatItIs", R"(,"version":0)", R"(,"transaction":{},"version":0)",
               "transaction: there twice"},
        Damage{"ItsMessage", R"("message":{)",
               R"("message":{"header":{"numRequiredSignatures":1},"instructions":[]},"message":{)",
               "transaction.message: there twice"},
        Damage{"ItsKeys", R"("accountKeys":)", R"("accountKeys":[],"accountKeys":)",
               "transaction.message.accountKeys: there twice"},
        Damage{"ItsFee", R"("fee":5000)", R"("fee":5000,"fee":5000)", "meta.fee: there twice"}),
    [](auto const& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Contradicts, Violation,
    ::testing::Values(
        Damage{"ItsHeader", R"("numRequiredSignatures":1)", R"("numRequiredSignatures":2)",
               "other signatures than its header asks for"},
        Damage{"ItsVersion", R"("version":0)", R"("version":"legacy")",
               "address lookups in a version that has none"},
        Damage{"ItsStatus", R"({"Ok":null})", R"({"Err":"AccountInUse"})",
               "err and status contradict each other"},
        Damage{"ItsError", R"("err":null)", R"("err":"AccountInUse")",
               "err and status contradict each other"},
        Damage{"ItsKeysByAProgram", R"("programIdIndex":4)", R"("programIdIndex":5)",
               "calls a program that is not among its own accounts"},
        Damage{"ItsKeysByThePayer", R"("programIdIndex":4)", R"("programIdIndex":0)",
               "calls a program that is not among its own accounts"},
        Damage{"ItsKeysByAnAccount", "[0,6]", "[0,7]", "names an account that is not there"},
        Damage{"ItsKeysByAnInnerAccount", "[1,2,0]", "[1,2,7]",
               "names an account that is not there"},
        Damage{"ItsKeysByAnInnerProgram", R"("programIdIndex":3)", R"("programIdIndex":7)",
               "an inner instruction calls an account that is not there"},
        Damage{"ItsKeysByATokenBalance", R"("accountIndex":2)", R"("accountIndex":7)",
               "a token balance of an account that is not there"},
        Damage{"ItsInstructions", R"("index":0)", R"("index":1)",
               "inner instructions of an instruction that is not there"},
        Damage{"ItselfByTwoListsOfCalls", R"("innerInstructions":[)",
               R"("innerInstructions":[{"index":0,"instructions":[]},)",
               "meta.innerInstructions[1].index: there twice"},
        Damage{"ItselfByAHeight", R"("stackHeight":2)", R"("stackHeight":3)",
               "inner instructions whose heights do not follow"},
        Damage{"ItsTokenBalance", R"("amount":"90")", R"("amount":"91")",
               "the token balance of account 1 is not what its instructions lead to", false}),
    [](auto const& test) { return test.param.name; });

TEST(Invariants, AreSatisfiedByASoundTransaction) {
    auto const block = decode(sound());
    EXPECT_EQ(block.dead_letters.size(), 0U);
    EXPECT_EQ(refusal(block), "");
    EXPECT_EQ(block.rows.at(1).rows(), 1U);
    EXPECT_EQ(block.rows.at(2).rows(), 1U);
}

std::string failed(std::string const& error) {
    auto const text = damaged(sound(), {"", R"("err":null)", R"("err":)" + error, ""});
    return damaged(text, {"", R"({"Ok":null})", R"({"Err":)" + error + "}", ""});
}

TEST(Invariants, AnErrorIsAWordOrAnObjectOfOneField) {
    for (auto const* error : {R"("AccountInUse")", R"({"DuplicateInstruction":1})",
                              R"({"InsufficientFundsForRent":{"account_index":2}})",
                              R"({"InstructionError":[0,"BorshIoError"]})",
                              R"({"InstructionError":[0,{"BorshIoError":"it's \"short\""}]})",
                              R"({"InstructionError":[0,{"Custom":4294967295}]})"}) {
        EXPECT_EQ(refusal(decode(failed(error))), "") << error;
    }
    for (auto const* error :
         {R"({"InstructionError":[1,"IllegalOwner"]})", R"({"InstructionError":["IllegalOwner"]})",
          R"({"InstructionError":[0]})", R"({"InstructionError":[]})", R"("Account in use")",
          R"("{}")", R"({"Instruction_Error":[0,"IllegalOwner"]})", R"({"InstructionError":0})",
          R"({"InstructionError":[0,"IllegalOwner",1]})", R"({"InstructionError":[-1,"X"]})",
          R"({"InstructionError":[0,{"Custom":"1"}]})", R"({"InstructionError":[0,{"Custom":-1}]})",
          R"({"InstructionError":[0,{"Custom":4294967296}]})",
          R"({"InstructionError":[0,{"Custom":1},{}]})"}) {
        EXPECT_NE(refusal(decode(failed(error))), "") << error;
    }
}

// Nodes did not record everything then.
TEST(Recording, OfEarlyBlocksMayLackParts) {
    std::string const in_2020 = "1600000000";
    std::string const in_2022 = "1665600000";
    auto const bare = damaged(sound(), {"", meta(), "null", ""});
    EXPECT_EQ(refusal(decode(bare, in_2020)), "");
    EXPECT_EQ(refusal(decode(bare, in_2022)), "no meta");
    EXPECT_EQ(refusal(decode(bare, "null")), "");  // slot 6
    for (std::string const& time : {in_2020, in_2022}) {
        auto const without_calls = damaged(sound(), without("", "innerInstructions", ""));
        EXPECT_EQ(refusal(decode(without_calls, time)), "");
        auto const without_tokens = damaged(without_calls, without("", "preTokenBalances", ""));
        EXPECT_EQ(refusal(decode(without_tokens, time)), "");
    }
}

// Where nodes are known to have left out calls, balances that differ show that they did.
TEST(Recording, OfEarlyBlocksLacksWhatBalancesShow) {
    auto const text = damaged(sound(), {"", transfer(), "", ""});
    EXPECT_EQ(refusal(decode(text, "1600000000")), "");
}

}  // namespace
}  // namespace indexer::solana
