// One event of each form that tokens have, and of some that only look like it.

#include "stellar/token_operation.hpp"

#include <map>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include "stellar/xdr/decoder.hpp"
#include "stellar/xdr/schema.hpp"
#include "tests/golden/stellar/chain_files.hpp"
#include "tests/support/shared_data.hpp"

namespace indexer::test {
namespace {

// Letters of the addresses, the amount and what else is there.
std::string summary(std::optional<stellar::TokenOperation> const& found) {
    if (!found) return "none";
    auto const& operation = *found;
    auto text = std::string(operation.type);
    auto const add = [&](char const* name, std::optional<std::string> const& value) {
        if (value) text += fmt::format(" {}={}", name, value->substr(0, 1));
    };
    add("admin", operation.admin);
    add("from", operation.from);
    add("to", operation.to);
    add("asset", operation.asset);
    if (operation.amount) {
        auto const low = static_cast<std::uint64_t>(operation.amount->magnitude);
        auto const high = static_cast<std::uint64_t>(operation.amount->magnitude >> 64U);
        text += fmt::format(" amount={}{}:{}", operation.amount->negative ? "-" : "", high, low);
    }
    if (operation.authorized) text += *operation.authorized ? " yes" : " no";
    if (operation.expiration_ledger) text += fmt::format(" until={}", *operation.expiration_ledger);
    if (operation.to_muxed_type) text += fmt::format(" muxed={}", *operation.to_muxed_type);
    return text;
}

std::map<std::string, std::string> const expected_rows{
    {"SAC transfer G->G", "transfer from=G to=G asset=U amount=0:10000000"},
    {"SAC transfer G->C", "transfer from=G to=C asset=U amount=0:10000000"},
    {"SAC transfer C->G", "transfer from=C to=G asset=U amount=0:10000000"},
    {"SAC transfer G->B", "transfer from=G to=B asset=U amount=0:10000000"},
    {"SAC transfer B->G", "transfer from=B to=G asset=U amount=0:10000000"},
    {"SAC transfer L->G", "transfer from=L to=G asset=U amount=0:10000000"},
    {"SAC transfer G->L", "transfer from=G to=L asset=U amount=0:10000000"},
    {"SAC transfer muxed u64", "transfer from=G to=G asset=U amount=0:5 muxed=u64"},
    {"SAC transfer memo text", "transfer from=G to=G asset=U amount=0:5 muxed=string"},
    {"SAC transfer memo hash", "transfer from=G to=G asset=U amount=0:5 muxed=bytes"},
    {"SEP-41 transfer, 3 topics",
     "transfer from=G to=G amount=9223372036854775807:18446744073709551615"},
    {"SEP-41 transfer, map data with extra key", "transfer from=G to=G amount=0:7"},
    {"SAC mint (P23 form)", "mint to=G asset=U amount=0:5"},
    {"SAC mint (before P23, with admin)", "mint admin=G to=G asset=U amount=0:5"},
    {"SEP-41 mint", "mint to=G amount=0:5"},
    {"token-example mint with admin, no asset", "mint admin=C to=G amount=0:5"},
    {"mint muxed", "mint to=G asset=U amount=0:5 muxed=u64"},
    {"SAC burn", "burn from=G asset=U amount=0:5"},
    {"SEP-41 burn", "burn from=G amount=0:5"},
    {"SAC clawback (P23 form)", "clawback from=G asset=U amount=0:5"},
    {"SAC clawback (before P23, with admin)", "clawback admin=G from=G asset=U amount=0:5"},
    {"SEP-41 approve", "approve from=G to=C amount=0:0 until=0"},
    {"SAC set_admin", "set_admin admin=G from=G to=C asset=U"},
    {"SAC set_authorized (P23 form)", "set_authorized to=G asset=U yes"},
    {"SAC set_authorized (before P23, with admin)", "set_authorized admin=G to=G asset=U no"},
    {"fee", "fee from=G amount=0:100"},
    {"fee refund (negative)", "fee from=G amount=-0:12345"},
    {"not a token event: transfer with wrong topic types", "none"},
    {"not a token event: transfer as string", "none"},
    {"not a token event: amount u64", "none"},
    {"no topics", "none"},
    {"five topics", "none"},
    {"system executable_update", "none"},
};

TEST(TokenOperation, OfEveryForm) {
    INDEXER_REQUIRE_SHARED_DATA();
    auto const& type = stellar::xdr::stellar_schema().type("ContractEvent");
    simdjson::dom::parser parser;
    stellar::xdr::Decoder decoder;
    std::size_t seen = 0;
    for (auto const& line : read_lines(stellar_data() / "values/events.ndjson")) {
        auto const document = simdjson::dom::element(parser.parse(line));
        auto const what = std::string(std::string_view(document["what"]));
        auto const bytes = from_base64(document["event"]);
        auto const event = decoder.decode(type, bytes);
        bool const of_transaction = what.starts_with("fee");
        auto const actual = summary(stellar::read_token_operation(event, of_transaction));
        auto const expected = expected_rows.find(what);
        if (expected == expected_rows.end()) {
            EXPECT_TRUE(actual.starts_with("approve from=G to=C ")) << what << ": " << actual;
            EXPECT_NE(actual.find(" until="), std::string::npos) << what << ": " << actual;
            continue;
        }
        ++seen;
        EXPECT_EQ(actual, expected->second) << what;
        // A contract of anyone's may call an event so.
        EXPECT_TRUE(!of_transaction || !stellar::read_token_operation(event, false)) << what;
    }
    EXPECT_EQ(seen, expected_rows.size());
}

}  // namespace
}  // namespace indexer::test
