#include "stellar/strkey.hpp"

#include <string>

#include <gtest/gtest.h>

#include "tests/support/wire.hpp"

namespace indexer::stellar {
namespace {

std::string const public_key =
    "\x3f\x0c\x34\xbf\x93\xad\x0d\x99\x71\xd0\x4c\xcc\x90\xf7\x05\x51"
    "\x1c\x83\x8a\xad\x97\x34\xa4\xa2\xfb\x0d\x7a\x03\xfc\x7f\xe8\x9a";

void expect_pair(StrKeyKind kind, std::string const& payload, std::string const& text) {
    EXPECT_EQ(format_strkey(kind, payload), text);
    EXPECT_EQ(parse_strkey(text), (StrKey{kind, payload}));
}

// Texts from SEP-23.
TEST(StrKey, EveryKindHasItsLetterAndPayload) {
    expect_pair(StrKeyKind::account, public_key,
                "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ");
    expect_pair(StrKeyKind::contract, public_key,
                "CA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUWDA");
    expect_pair(StrKeyKind::liquidity_pool, public_key,
                "LA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUPJN");
    expect_pair(StrKeyKind::claimable_balance, std::string(1, '\0') + public_key,
                "BAAD6DBUX6J22DMZOHIEZTEQ64CVCHEDRKWZONFEUL5Q26QD7R76RGR4TU");
    expect_pair(StrKeyKind::muxed_account, test::Wire().raw(public_key).u64(1ULL << 63U).bytes(),
                "MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVAAAAAAAAAAAAAJLK");
}

// The vector of two SDKs.
TEST(StrKey, AContractsAccountIsTheContractAndAnId) {
    std::string const contract =
        "\x36\x3e\xaa\x38\x67\x84\x1f\xba\xd0\xf4\xed\x88\xc7\x79\xe4\xfe"
        "\x66\xe5\x6a\x24\x70\xdc\x98\xc0\xec\x9c\x07\x3d\x05\xc7\xb1\x03";
    expect_pair(StrKeyKind::muxed_contract, test::Wire().raw(contract).u64(123'456).bytes(),
                "WA3D5KRYM6CB7OWQ6TWYRR3Z4T7GNZLKERYNZGGA5SOAOPIFY6YQGAAAAAAAAAPCIA6IG");
    EXPECT_FALSE(parse_strkey(format_strkey(StrKeyKind::muxed_contract, contract)));
}

TEST(StrKey, SignedPayloadsArePaddedAsOnTheWire) {
    std::string payload;
    for (char byte = 1; byte <= 29; ++byte) payload += byte;
    expect_pair(
        StrKeyKind::signed_payload, test::Wire().raw(public_key).counted(payload).bytes(),
        "PA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAOQCAQDAQCQMBYIBEFAWDANBYHRA"
        "EISCMKBKFQXDAMRUGY4DUAAAAFGBU");
}

TEST(StrKey, HashesOfSignersComeBackAsTheyWere) {
    for (auto const kind : {StrKeyKind::pre_auth_transaction, StrKeyKind::hash_x}) {
        auto const text = format_strkey(kind, public_key);
        EXPECT_EQ(text.front(), kind == StrKeyKind::hash_x ? 'X' : 'T');
        EXPECT_EQ(parse_strkey(text), (StrKey{kind, public_key}));
    }
}

TEST(StrKey, AnyOtherTextIsRefused) {
    std::string const good = "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ";
    for (std::size_t i = 0; i < good.size(); ++i) {
        auto text = good;
        text[i] = text[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(parse_strkey(text)) << text;
        EXPECT_FALSE(parse_strkey(good.substr(0, i))) << i;
    }
    EXPECT_FALSE(parse_strkey(good + "A"));
    EXPECT_FALSE(parse_strkey("ga7qynf7sowq3glr2bgmzehxavirza4kvwltjjfc7mgxua74p7ujvsgz"));
}

TEST(StrKey, SecretSeedsAreNotReadable) {
    auto const seed = format_strkey(static_cast<StrKeyKind>(18 << 3), public_key);
    EXPECT_EQ(seed.front(), 'S');
    EXPECT_FALSE(parse_strkey(seed));
}

// A checksum that fits does not make up for a payload that does not.
TEST(StrKey, PayloadsMustHaveTheFormOfTheirKind) {
    EXPECT_FALSE(parse_strkey(format_strkey(StrKeyKind::account, public_key + 'x')));
    EXPECT_FALSE(parse_strkey(format_strkey(StrKeyKind::muxed_account, public_key)));
    EXPECT_FALSE(parse_strkey(format_strkey(StrKeyKind::claimable_balance, '\1' + public_key)));
    auto const empty = test::Wire().raw(public_key).counted("").bytes();
    EXPECT_FALSE(parse_strkey(format_strkey(StrKeyKind::signed_payload, empty)));
    auto const padded = test::Wire().raw(public_key).u32(1).raw("abcd").bytes();
    EXPECT_FALSE(parse_strkey(format_strkey(StrKeyKind::signed_payload, padded)));
}

}  // namespace
}  // namespace indexer::stellar
