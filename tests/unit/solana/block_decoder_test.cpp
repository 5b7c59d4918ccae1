#include "solana/block_decoder.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "tests/support/base58_text.hpp"
#include "tests/support/rows_text.hpp"

namespace indexer::solana {
namespace {

using base::Seq;

std::string padded(std::string text) {
    text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
    return text;
}

std::string answer(std::string const& result) {
    return padded(R"({"jsonrpc":"2.0","result":)" + result + R"(,"id":1})");
}

model::Block decode(std::string const& result, Content const& content = {.votes = true}) {
    return BlockDecoder(content).decode(answer(result), Seq(6));
}

// A name as a signature, or as an address: the name repeated to as many bytes, spelled as such.
std::string signature(std::string const& name) {
    return test::base58_text(std::string(64, name.front()));
}

std::string address(std::string const& name) {
    return test::base58_text(std::string(32, name.front()));
}

std::string links(std::string const& blockhash, int parent_slot, std::string const& parent) {
    return R"("blockhash":")" + address(blockhash) + R"(","parentSlot":)" +
           std::to_string(parent_slot) + R"(,"previousBlockhash":")" + address(parent) + '"';
}

std::string const header = R"("blockHeight":4,"blockTime":9,)" + links("B", 4, "A");

std::string block_of(std::string const& transactions) {
    return "{" + header + R"(,"transactions":[)" + transactions + "]}";
}

std::string keys() {
    return R"([")" + address("P") + R"(",")" + address("Q") + R"(",")" + address("R") + R"("])";
}

std::string const message = R"("message":{"accountKeys":)" + keys() + R"(,"recentBlockhash":")" +
                            address("H") +
                            R"(","header":{"numRequiredSignatures":1},"instructions":[)"
                            R"({"programIdIndex":2,"accounts":[0,1],"data":"3Bxs4Z"}]})";

std::string balances(std::string const& list) {
    return R"(,"preBalances":)" + list + R"(,"postBalances":)" + list;
}

// A transaction by the name of its signature; `more` are further fields of meta.
std::string transaction(std::string const& name, std::string const& more = balances("[7, 8, 9]")) {
    return R"({"meta":{"err":null,"fee":5000)" + more + R"(},"transaction":{"signatures":[")" +
           signature(name) + R"("],)" + message + R"(},"version":0})";
}

std::string transaction_with(std::string const& name, std::string const& more) {
    return transaction(name, balances("[7,8,9]") + more);
}

// One that looks up addresses in a table; `more` are further fields of meta.
std::string loading(std::string const& lookups, std::string const& more) {
    auto text = transaction("S", balances("[1,2,3,4,5,6]") + more);
    std::string const before = R"("instructions":[{"programIdIndex":2)";
    return text.insert(text.rfind(before), R"("addressTableLookups":[{)" + lookups + "}],");
}

std::string cell(model::Block const& block, std::size_t table, std::string_view column,
                 std::size_t row = 0) {
    auto const& rows = block.rows.at(table);
    for (std::size_t i = 0; i < rows.table().columns.size(); ++i) {
        if (rows.table().columns[i].name == column) return test::cell_text(rows.column(i), row);
    }
    return "no such column";
}

base::Error failure_of(std::string const& body, Content content = {}) {
    try {
        (void)BlockDecoder(std::move(content)).decode(padded(body), Seq(6));
    } catch (base::Error const& error) {
        return error;
    }
    return {base::Fault::internal, base::Recovery::never, "nothing thrown"};
}

TEST(BlockDecoder, LinksABlockToItsParent) {
    auto const block = decode(block_of(""));
    EXPECT_EQ(block.link, (model::Link{Seq(6), address("B")}));
    EXPECT_EQ(block.parent, (model::Link{Seq(4), address("A")}));
    EXPECT_EQ(block.transactions, 0U);
    EXPECT_EQ(block.rows.at(0).rows(), 1U);
    EXPECT_EQ(block.rows.at(1).rows(), 0U);
}

TEST(BlockDecoder, TheGenesisBlockIsItsOwnParent) {
    auto const body = answer("{" + links("G", 0, "G") + R"(,"transactions":[]})");
    auto const block = BlockDecoder({}).decode(body, Seq(0));
    EXPECT_EQ(block.parent, block.link);
}

TEST(BlockDecoder, ReadsFieldsInAnyOrder) {
    auto const usual = decode(block_of(transaction("S")));
    auto const turned =
        decode(R"({"transactions":[{"version":0,"transaction":{)" + message +
               R"(,"signatures":[")" + signature("S") + R"("]},"meta":{"fee":5000)" +
               balances("[7,8,9]") + R"(,"err":null}}],)" + header + "}");
    EXPECT_EQ(test::block_text(usual), test::block_text(turned));
    EXPECT_EQ(cell(turned, 1, "block_time"), "9");
}

TEST(BlockDecoder, WhatOldBlocksLackIsNull) {
    auto const block = decode(R"({"blockHeight":null,"blockTime":null,)" + links("B", 4, "A") +
                              R"(,"transactions":[{"meta":null,"transaction":{"signatures":[")" +
                              signature("S") + R"("],)" + message + "}}]}");
    for (auto const* column : {"block_height", "block_time", "compute_units_consumed"}) {
        EXPECT_EQ(cell(block, 0, column), "NULL") << column;
    }
    for (auto const* column : {"block_time", "version", "success", "err", "fee", "priority_fee",
                               "compute_units_consumed", "cost_units", "memo"}) {
        EXPECT_EQ(cell(block, 1, column), "NULL") << column;
    }
    EXPECT_EQ(cell(block, 0, "failed_count"), "0");
}

TEST(BlockDecoder, KeepsTheErrorOfAFailedTransaction) {
    auto failed = transaction("S");
    failed.replace(failed.find("null"), 4, R"({ "InstructionError" : [0, {"Custom": 6001}] })");
    auto const block = decode(block_of(failed + "," + transaction("T")));
    EXPECT_EQ(cell(block, 1, "success", 0), "false");
    EXPECT_EQ(cell(block, 1, "err", 0), R"({"InstructionError":[0,{"Custom":6001}]})");
    EXPECT_EQ(cell(block, 1, "success", 1), "true");
    EXPECT_EQ(cell(block, 0, "failed_count"), "1");
    EXPECT_EQ(cell(block, 0, "total_fee"), "10000");
}

TEST(BlockDecoder, CountsLoadedAddressesAndInnerInstructions) {
    auto const block = decode(block_of(
        loading(R"("readonlyIndexes":[9],"writableIndexes":[3,4])",
                R"(,"loadedAddresses":{"readonly":[")" + address("X") + R"("],"writable":[")" +
                    address("Y") + R"(",")" + address("Z") +
                    R"("]},"innerInstructions":[{"index":0,"instructions":[)"
                    R"({"programIdIndex":5,"accounts":[],"data":"","stackHeight":2}]}])")));
    EXPECT_EQ(cell(block, 1, "account_count"), "6");
    EXPECT_EQ(cell(block, 1, "inner_instruction_count"), "1");
    EXPECT_EQ(cell(block, 1, "instruction_count"), "1");
}

TEST(BlockDecoder, LeavesVotesOutButCountsThem) {
    auto vote = transaction("V");
    vote.replace(vote.find(address("R")), address("R").size(),
                 "Vote111111111111111111111111111111111111111");
    auto const block = decode(block_of(vote + "," + transaction("T")), {});
    ASSERT_EQ(block.rows.at(1).rows(), 1U);
    EXPECT_EQ(cell(block, 1, "signature"), signature("T"));
    EXPECT_EQ(cell(block, 1, "transaction_index"), "1");
    EXPECT_EQ(cell(block, 0, "vote_count"), "1");
    EXPECT_EQ(cell(block, 0, "transaction_count"), "2");
}

std::string reward(std::string const& pubkey, std::string const& lamports) {
    return R"({"commission":null,"lamports":)" + lamports + R"(,"postBalance":9,"pubkey":")" +
           pubkey + R"(","rewardType":"Rent"})";
}

std::string block_with(std::string const& reward) {
    return "{" + header + R"(,"numRewardPartitions":3,"rewards":[)" + reward +
           R"(],"transactions":[]})";
}

TEST(BlockDecoder, KeepsRewardsOnlyWhenToldTo) {
    auto const one = reward(address("P"), "-5");
    EXPECT_EQ(cell(decode(block_with(one), {.rewards = true}), 0, "rewards"), "[" + one + "]");
    EXPECT_EQ(cell(decode(block_with(one), {.rewards = true}), 0, "reward_partitions"), "3");
    EXPECT_EQ(cell(decode(block_with("5")), 0, "rewards"), "NULL");
}

TEST(BlockDecoder, RefusesABlockWithARewardThatNoNodeSends) {
    auto const error_of = [](std::string const& reward) {
        return failure_of(answer(block_with(reward)), {.rewards = true});
    };
    for (auto const& wrong :
         {reward("P", "5"), reward(address("P"), "5.5"), reward(address("P"), "\"5\""),
          std::string(R"({"lamports":-5})"), std::string("[]")}) {
        EXPECT_EQ(error_of(wrong).fault(), base::Fault::not_understood) << wrong;
    }
    EXPECT_STREQ(error_of(R"({"lamports":-5})").what(),
                 "solana: slot 6.rewards[0]: lacks one of pubkey, lamports and postBalance");
}

struct Malformed {
    char const* name;
    std::string json;
    char const* error;
};

std::string const good = transaction("S");

std::string replaced(std::string const& from, std::string const& to) {
    auto text = good;
    return text.replace(text.find(from), from.size(), to);
}

class DeadLetter : public ::testing::TestWithParam<Malformed> {};

TEST_P(DeadLetter, KeepsATransactionOfUnknownShape) {
    auto const block =
        decode(block_of(transaction("A") + "," + GetParam().json + "," + transaction("C")));
    ASSERT_EQ(block.dead_letters.size(), 1U);
    auto const& letter = block.dead_letters.front();
    EXPECT_EQ(letter.seq, Seq(6));
    EXPECT_EQ(letter.path, "transactions[1]");
    EXPECT_EQ(letter.stage, "decode");
    EXPECT_EQ(letter.error, GetParam().error);
    EXPECT_EQ(letter.raw, GetParam().json);

    ASSERT_EQ(block.rows.at(1).rows(), 2U);
    EXPECT_EQ(cell(block, 1, "signature", 0), signature("A"));
    EXPECT_EQ(cell(block, 1, "signature", 1), signature("C"));
    EXPECT_EQ(cell(block, 1, "transaction_index", 1), "2");
    EXPECT_EQ(block.transactions, 3U);
}

INSTANTIATE_TEST_SUITE_P(
    , DeadLetter,
    ::testing::Values(
        Malformed{"NotAnObject", "5", "not an object"}, Malformed{"Null", "null", "not an object"},
        Malformed{"Array", R"(["AQ==","base64"])", "not an object"},
        Malformed{"Empty", "{}", "no signature"},
        Malformed{"NoSignature", replaced("[\"" + signature("S") + "\"]", "[]"), "no signature"},
        Malformed{"EmptySignature", replaced(signature("S"), ""),
                  "transaction.signatures[0]: not base58 of 64 bytes"},
        Malformed{"SignatureIsANumber", replaced('"' + signature("S") + '"', "5"),
                  "transaction.signatures[0]: not of the expected type"},
        Malformed{"Base64", R"({"transaction":["AQ==","base64"]})",
                  "transaction: not of the expected type"},
        Malformed{"ParsedKeys", replaced('"' + address("P") + '"', R"({"pubkey":"P"})"),
                  "transaction.message.accountKeys[0]: not of the expected type"},
        Malformed{"NoKeys", replaced(keys(), "[]"), "no account keys"},
        Malformed{"ParsedInstruction", replaced(R"("programIdIndex":2,)", R"("programId":"R",)"),
                  "transaction.message.instructions[0]: lacks one of accounts, data and "
                  "programIdIndex, so its encoding is not json"},
        Malformed{"ProgramOutOfRange", replaced(R"("programIdIndex":2)", R"("programIdIndex":3)"),
                  "calls a program that is not among its own accounts"},
        Malformed{"IndexOutOfRange", replaced("[0,1]", "[0,256]"),
                  "transaction.message.instructions[0].accounts[1]: 256 is out of range"},
        Malformed{"FeeOutOfRange", replaced("5000", "9223372036854775808"),
                  "meta.fee: 9223372036854775808 is out of range"},
        Malformed{"FeeIsNegative", replaced("5000", "-1"), "meta.fee: not of the expected type"},
        Malformed{"FeeIsAFraction", replaced("5000", "0.5"), "meta.fee: not of the expected type"},
        Malformed{"VersionOutOfRange", replaced(R"("version":0)", R"("version":256)"),
                  "version: 256 is out of range"},
        Malformed{"NoBlockhash", replaced(R"("recentBlockhash":")" + address("H") + "\",", ""),
                  "no recent blockhash"}),
    [](auto const& test) { return test.param.name; });

TEST(BlockDecoder, RefusesABlockWithoutWhatLinksIt) {
    for (auto const* field : {"blockhash", "parentSlot", "previousBlockhash", "transactions"}) {
        auto body = answer(block_of(""));
        body.replace(body.find('"' + std::string(field) + '"') + 1, 1, "X");
        auto const error = failure_of(body);
        EXPECT_EQ(error.fault(), base::Fault::not_understood) << field;
        EXPECT_NE(std::string(error.what()).find(field), std::string::npos) << error.what();
    }
}

TEST(BlockDecoder, RefusesABlockThatIsNotAfterItsParent) {
    auto body = answer(block_of(""));
    body.replace(body.find(R"("parentSlot":4)") + 13, 1, "6");
    EXPECT_STREQ(failure_of(body).what(), "solana: slot 6: parentSlot 6 is not before it");
}

TEST(BlockDecoder, RefusesAnAnswerThatIsAlsoSomethingElse) {
    auto const result = R"("result":)" + block_of("");
    EXPECT_STREQ(failure_of("{" + result + R"(,"error":{"code":1},"id":1})").what(),
                 "solana: slot 6: an error too");
    EXPECT_STREQ(failure_of("{" + result + "," + result + "}").what(),
                 "solana: slot 6: two results");
    EXPECT_STREQ(failure_of(R"({"jsonrpc":"2.0","id":1})").what(), "solana: slot 6: no result");
    EXPECT_STREQ(failure_of("{" + result + R"(,"error":null,"id":1})").what(), "nothing thrown");
}

TEST(BlockDecoder, RefusesTransactionsThatAreThereTwice) {
    auto const body = answer(R"({"transactions":[],)" + block_of("").substr(1));
    EXPECT_EQ(failure_of(body).fault(), base::Fault::not_understood);
}

TEST(BlockDecoder, RefusesFeesThatDoNotAddUp) {
    std::string const most = R"("fee":9223372036854775807)";
    auto const large = replaced(R"("fee":5000)", most);
    EXPECT_EQ(failure_of(answer(block_of(large + "," + large))).fault(),
              base::Fault::not_understood);
}

TEST(BlockDecoder, NeverTakesBrokenTextForABlock) {
    auto const whole =
        R"({"jsonrpc":"2.0","id":1,"result":)" +
        block_of(transaction("S") + "," +
                 transaction_with("T", R"(,"innerInstructions":[],"logMessages":["a\n}"])")) +
        "}";
    ASSERT_STREQ(failure_of(whole).what(), "nothing thrown");
    // Without its last brace it is no answer any more, but still a whole block.
    for (std::size_t size = 0; size + 1 < whole.size(); ++size) {
        EXPECT_EQ(failure_of(whole.substr(0, size)).fault(), base::Fault::not_understood) << size;
    }
}

// Their numbers are a key of the rows.
TEST(BlockDecoder, RefusesATransactionWithMoreInnerInstructionsThanThereCanBe) {
    std::string const call = R"({"programIdIndex":2,"accounts":[],"data":""})";
    auto list = call;
    for (int count = 0; count < 10'000; ++count) list += ',' + call;
    auto const block = decode(block_of(transaction_with(
        "S", R"(,"innerInstructions":[{"index":0,"instructions":[)" + list + "]}]")));
    ASSERT_EQ(block.dead_letters.size(), 1U);
    EXPECT_NE(block.dead_letters.front().error.find("too many"), std::string::npos)
        << block.dead_letters.front().error;
}

// A block of many bad transactions is not as many dead letters.
TEST(BlockDecoder, KeepsSomeDeadLettersOneByOneAndTheWholeBlockForTheRest) {
    std::string zeros = "0";
    for (int count = 1; count < 150; ++count) zeros += ",0";
    auto const body = answer(block_of(zeros));
    auto const block = BlockDecoder({}).decode(body, Seq(7));
    ASSERT_EQ(block.dead_letters.size(), 101U);
    EXPECT_EQ(block.dead_letters[99].raw, "0");
    EXPECT_EQ(block.dead_letters.back().error, "50 more like these");
    EXPECT_EQ(block.dead_letters.back().raw, body);
    EXPECT_EQ(block.transactions, 150U);
}

// Of hashes thousands are remembered.
TEST(BlockDecoder, RefusesABlockOfHashesThatAreNone) {
    auto const whole = answer(block_of(transaction("S")));
    for (auto const* const field : {R"("blockhash":")", R"("previousBlockhash":")"}) {
        for (auto const& added : {std::string("0"), std::string("2"), std::string(100, 'B')}) {
            auto body = whole;
            body.insert(body.find(field) + std::string_view(field).size(), added);
            EXPECT_STREQ(failure_of(body).what(),
                         "solana: slot 6: its hash or its parent's is not base58 of 32 bytes");
        }
    }
}

TEST(BlockDecoder, IsGoodForManyBlocks) {
    BlockDecoder decoder({.votes = true});
    auto const first = answer(block_of(transaction_with("S", R"(,"computeUnitsConsumed":7)")));
    auto const second = answer(block_of(transaction("T")));
    auto const alone = test::block_text(BlockDecoder({.votes = true}).decode(second, Seq(7)));
    (void)decoder.decode(first, Seq(6));
    EXPECT_THROW((void)decoder.decode(padded("{"), Seq(6)), base::Error);
    EXPECT_EQ(test::block_text(decoder.decode(second, Seq(7))), alone);
}

// A failed transaction that mentions the mint M, and one that does not.
TEST(BlockDecoder, FindsFailedTransactionsByTheMintsOfTheirBalances) {
    auto const failed = [](std::string const& name, std::string const& mint) {
        auto text = transaction_with(
            name, R"(,"postTokenBalances":[{"accountIndex":1,"mint":")" + address(mint) +
                      R"(","uiTokenAmount":{"amount":"5","decimals":0}}])");
        return text.replace(text.find("null"), 4, R"("AccountInUse")");
    };
    Content content;
    content.filter.mints = AddressSet({address("M")});
    auto const block = decode(block_of(failed("T", "N") + "," + failed("U", "M")), content);
    ASSERT_EQ(block.rows.at(1).rows(), 1U);
    EXPECT_EQ(cell(block, 1, "signature"), signature("U"));
}

}  // namespace
}  // namespace indexer::solana
