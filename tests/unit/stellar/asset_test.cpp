#include "stellar/asset.hpp"

#include <gtest/gtest.h>

#include "stellar/xdr/decoder.hpp"
#include "stellar/xdr/schema.hpp"

namespace indexer::stellar {
namespace {

std::string const kIssuer = "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ";

std::string text_again(std::string const& text) {
    auto const wire = encode_asset(text);
    xdr::Decoder decoder;
    return asset_text(decoder.decode(xdr::stellar_schema().type("Asset"), wire.value()));
}

TEST(Asset, TextAndWireSayTheSame) {
    for (auto const& text : {std::string("native"), "A:" + kIssuer, "USDC:" + kIssuer,
                             "USDC5:" + kIssuer, "ABCDEFGHIJ12:" + kIssuer}) {
        EXPECT_EQ(text_again(text), text);
    }
}

TEST(Asset, OtherTextNamesNone) {
    for (auto const& text :
         {std::string(), std::string("USDC"), std::string("XLM"), ":" + kIssuer,
          "USDC:" + kIssuer + "A", "ABCDEFGHIJ123:" + kIssuer, "US C:" + kIssuer,
          std::string("USDC:"),
          std::string("USDC:CA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUWDA")}) {
        EXPECT_FALSE(encode_asset(text)) << text;
    }
}

}  // namespace
}  // namespace indexer::stellar
