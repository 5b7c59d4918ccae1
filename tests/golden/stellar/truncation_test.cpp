// Real values with bytes missing, too many, or changed: refused or understood, never worse.

#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <simdjson.h>

#include "stellar/xdr/decoder.hpp"
#include "stellar/xdr/json.hpp"
#include "stellar/xdr/schema.hpp"
#include "tests/golden/stellar/chain_files.hpp"
#include "tests/support/shared_data.hpp"

namespace indexer::test {
namespace {

using stellar::xdr::DecodeError;
using stellar::xdr::Decoder;

struct Sample {
    std::string_view type;
    std::string bytes;
};

// Metas of each version, envelopes of each form, entries: a few of everything, none too long.
std::vector<Sample> samples() {
    constexpr std::size_t kEach = 12;
    constexpr std::size_t kLongest = 6000;
    std::vector<Sample> found;
    simdjson::dom::parser parser;
    for (std::string_view const type : {"LedgerCloseMeta", "TransactionMeta", "TransactionEnvelope",
                                        "LedgerEntry", "TransactionResult", "ContractEvent"}) {
        auto const file = stellar_data() / "values" / (std::string(type) + ".ndjson");
        std::size_t taken = 0;
        for (auto const& text : read_lines(file)) {
            auto bytes = from_base64(parser.parse(text)["b64"]);
            if (taken == kEach || bytes.size() > kLongest) continue;
            found.push_back({type, std::move(bytes)});
            ++taken;
        }
    }
    return found;
}

bool decodes(std::string_view type, std::string_view bytes) {
    Decoder decoder;
    try {
        auto const value = decoder.decode(stellar::xdr::stellar_schema().type(type), bytes);
        return !stellar::xdr::json_of(value).empty();
    } catch (DecodeError const&) {
        return false;
    }
}

TEST(Truncation, NoPrefixOfAValueIsAValue) {
    INDEXER_REQUIRE_SHARED_DATA();
    for (auto const& [type, bytes] : samples()) {
        ASSERT_TRUE(decodes(type, bytes)) << type;
        for (std::size_t length = 0; length < bytes.size(); ++length) {
            // A copy of its own, so that a sanitizer sees a read behind its end.
            std::vector<char> const prefix(bytes.begin(),
                                           bytes.begin() + static_cast<std::ptrdiff_t>(length));
            ASSERT_FALSE(decodes(type, {prefix.data(), prefix.size()})) << type << " " << length;
        }
    }
}

TEST(Truncation, NothingMayFollowAValue) {
    INDEXER_REQUIRE_SHARED_DATA();
    for (auto const& [type, bytes] : samples()) {
        EXPECT_FALSE(decodes(type, bytes + std::string(1, '\0'))) << type;
        EXPECT_FALSE(decodes(type, bytes + std::string(4, '\0'))) << type;
    }
}

TEST(Truncation, ChangedWordsAreRefusedOrMeanSomethingElse) {
    INDEXER_REQUIRE_SHARED_DATA();
    std::mt19937 chance(7);
    int refused = 0;
    for (auto const& [type, bytes] : samples()) {
        for (int i = 0; i < 200; ++i) {
            auto changed = bytes;
            changed[chance() % changed.size()] = static_cast<char>(chance());
            refused += decodes(type, changed) ? 0 : 1;
        }
    }
    EXPECT_GT(refused, 0);
}

}  // namespace
}  // namespace indexer::test
