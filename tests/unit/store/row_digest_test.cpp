#include "store/row_digest.hpp"

#include <array>
#include <numeric>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "store/json_digest.hpp"

namespace indexer::store {
namespace {

using model::ColumnType;

constexpr std::array kColumns{
    model::ColumnSpec{"id", ColumnType::int8}, model::ColumnSpec{"a", ColumnType::text},
    model::ColumnSpec{"b", ColumnType::text}, model::ColumnSpec{"amount", ColumnType::numeric},
    model::ColumnSpec{"at", ColumnType::timestamptz}};
constexpr model::Table kTable{"t", kColumns, 1, ""};

TEST(RowDigest, IsTheSameForTheSameRowOnly) {
    model::RowBatch rows(kTable);
    using model::Numeric;
    auto const none = std::nullopt;
    rows.append(1, "abc", "d", Numeric{5}, 100);
    rows.append(1, "ab", "cd", Numeric{5}, 100);
    rows.append(1, "abc", none, Numeric{5}, 100);
    rows.append(1, none, "abc", Numeric{5}, 100);
    rows.append(1, "", "abc", Numeric{5}, 100);
    rows.append(1, "abc", "d", Numeric{5, true}, 100);
    rows.append(1, "abc", "d", Numeric{base::Uint128{5} << 64U}, 100);
    rows.append(1, "abc", "d", none, 100);
    rows.append(1, "abc", "d", Numeric{5}, none);
    rows.append(1, "abc", "d", Numeric{5}, 101);
    rows.append(2, "abc", "d", Numeric{5}, 100);
    rows.append(1, "abcdefgh", "d", Numeric{5}, 100);
    rows.append(1, "abcdefghi", "d", Numeric{5}, 100);
    rows.append(1, std::string_view("abcdefgh\1", 9), "d", Numeric{5}, 100);
    auto const digests = digests_of(rows);
    EXPECT_EQ(std::set(digests.begin(), digests.end()).size(), rows.rows());
    rows.append(1, "abc", "d", Numeric{5}, 100);
    EXPECT_EQ(digests_of(rows).back(), digests.front());
}

// A table that got two columns more: rows without them are as they were noted.
TEST(RowDigest, IsWhatItWasWhereALaterColumnIsNull) {
    static constexpr std::array kBefore{model::ColumnSpec{"id", ColumnType::int8}};
    static constexpr std::array kAfter{kBefore[0], model::ColumnSpec{"a", ColumnType::int8, true},
                                       model::ColumnSpec{"b", ColumnType::text, true},
                                       model::ColumnSpec{"c", ColumnType::int8, true}};
    static constexpr model::Table kOld{"t", kBefore, 1, ""};
    static constexpr model::Table kNew{"t", kAfter, 1, ""};
    model::RowBatch before(kOld);
    before.append(1);
    auto const none = std::nullopt;
    model::RowBatch after(kNew);
    after.append(1, none, none, none);
    after.append(1, 5, none, none);
    after.append(1, none, none, 5);
    after.append(1, none, "5", none);
    after.append(1, 5, none, 5);
    auto const digests = digests_of(after);
    EXPECT_EQ(digests.front(), digests_of(before).front());
    EXPECT_EQ(std::set(digests.begin(), digests.end()).size(), after.rows());
}

// Digests lie in databases: another number for the same row would be called damage.
TEST(RowDigest, NeverChanges) {
    model::RowBatch rows(kTable);
    rows.append(7, "signature", "mint", model::Numeric{1'000'000}, 1'600'000'000);
    EXPECT_EQ(digests_of(rows), std::vector{17907641997731834501U});
    EXPECT_EQ(json_digest(R"({"InstructionError":[2,{"Custom":6001}]})"), 11880564722485365983U);
}

TEST(RowDigest, NeverChangesForTextOfAnyLength) {
    model::RowBatch rows(kTable);
    std::string text;
    for (int size = 0; size <= 40; ++size) {
        rows.append(1, std::string_view(text), std::nullopt, model::Numeric{1}, 1);
        text += static_cast<char>('a' + size % 26);
    }
    auto const digests = digests_of(rows);
    EXPECT_EQ(std::accumulate(digests.begin(), digests.end(), std::uint64_t{0}),
              5567339372701363488U);
}

TEST(JsonDigest, SaysWhatPostgreSqlKeeps) {
    std::array<std::pair<char const*, char const*>, 9> const same{{
        {R"({"a":1,"bc":[true,null]})", R"({ "bc" : [ true , null ], "a" : 1 })"},
        {R"("\u00e9\n\/")", "\"\xC3\xA9\\u000a/\""},
        {R"("\ud83d\ude00")", "\"\xF0\x9F\x98\x80\""},
        {"1.5e3", "1500"},
        {"-12.5E-3", "-0.0125"},
        {"1e0", "1"},
        {"-0", "0"},
        {"0.5e1", "5"},
        {R"({"a":{"x":1,"y":2}})", R"({"a": {"y": 2, "x": 1}})"},
    }};
    for (auto const& [one, other] : same) EXPECT_EQ(json_digest(one), json_digest(other)) << one;
}

TEST(JsonDigest, TellsValuesApart) {
    std::set<std::uint64_t> digests;
    std::vector<std::string> const texts{
        "1",          R"("1")",     "null",         R"("null")",        "[]",
        "{}",         "[1,2]",      "[2,1]",        "[[1],2]",          "[1,[2]]",
        R"({"a":1})", R"({"a":2})", R"({"b":1})",   R"({"a":{"b":1}})", R"(["a",1])",
        "1.0",        R"("")",      R"({"a":"b"})", R"({"b":"a"})",     "[{}]"};
    for (auto const& text : texts) digests.insert(json_digest(text));
    EXPECT_EQ(digests.size(), texts.size());
}

TEST(JsonDigest, BearsTextThatIsNoJson) {
    for (auto const* const text : {"", "\"", "\"\\", "\"\\u12", "}", "]]", "{\"a\"", "[1,"}) {
        EXPECT_EQ(json_digest(text), json_digest(text));
    }
    EXPECT_EQ(json_digest(std::string(1'000'000, '[')), json_digest(std::string(1'000'000, '[')));
}

}  // namespace
}  // namespace indexer::store
