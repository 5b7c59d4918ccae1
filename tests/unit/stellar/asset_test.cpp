#include "stellar/asset.hpp"

#include <gtest/gtest.h>

#include "stellar/xdr/decoder.hpp"
#include "stellar/xdr/schema.hpp"

namespace indexer::stellar {
namespace {

std::string const issuer = "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ";

std::string text_again(std::string const& text) {
    auto const wire = encode_asset(text);
    xdr::Decoder decoder;
    return asset_text(decoder.decode(xdr::stellar_schema().type("Asset"), wire.value()));
}

TEST(Asset, TextAndWireSayTheSame) {
    for (auto const& text : {std::string("native"), "A:" + issuer, "USDC:" + issuer,
                             "USDC5:" + issuer, "ABCDEFGHIJ12:" + issuer}) {
        EXPECT_EQ(text_again(text), text);
    }
}

TEST(Asset, OtherTextNamesNone) {
    for (auto const& text :
         {std::string(), std::string("USDC"), std::string("XLM"), ":" + issuer,
          "USDC:" + issuer + "A", "ABCDEFGHIJ123:" + issuer, "US C:" + issuer, std::string("USDC:"),
          std::string("USDC:CA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUWDA")}) {
        EXPECT_FALSE(encode_asset(text)) << text;
    }
}

}  // namespace
}  // namespace indexer::stellar
