#include "rpc/redaction.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace indexer::rpc {
namespace {

config::Endpoint endpoint(std::string const& url, std::vector<std::string> const& headers = {}) {
    config::Endpoint endpoint(url);
    for (auto const& header : headers) endpoint.headers.emplace_back(header);
    return endpoint;
}

TEST(Redaction, HidesWhatAnEndpointIsCalledWith) {
    Redaction const hide(
        endpoint("https://user:pass@node.example:8899/v2/t0ken-in-path?key=k3y!#frag",
                 {"Authorization: Bearer 12345678", "X-Key: abcd"}));
    EXPECT_EQ(hide("denied for t0ken-in-path", 100), "denied for ***");
    EXPECT_EQ(hide("https://user:pass@node.example:8899/v2/t0ken-in-path?key=k3y!", 100),
              "https://***@node.example:8899/***?key=***");
    EXPECT_EQ(hide("Bearer 12345678 or 12345678, abcd", 100), "*** or ***, ***");
    EXPECT_EQ(hide("user pass", 100), "*** ***");
    EXPECT_EQ(hide("node.example says v2 and key", 100), "node.example says v2 and key");
}

TEST(Redaction, KnowsEscapedSecretsUnescaped) {
    Redaction const hide(endpoint("https://h/a%2Fb%41cd?key=%22quoted%22"));
    EXPECT_EQ(hide("a/bAcd \"quoted\" a%2Fb%41cd", 100), "*** *** ***");
}

TEST(Redaction, LeavesNothingOfASecretWhereTextIsCut) {
    Redaction const hide(endpoint("https://h/0123456789012345678901234567890123456789"));
    auto const text = hide(std::string(50, 'x') + "0123456789012345678901234567890123456789", 60);
    EXPECT_EQ(text, std::string(50, 'x') + "***");
}

TEST(Redaction, MakesPlainTextWithoutSecretsToo) {
    EXPECT_EQ(Redaction()("a\nb\xC3", 100), "a b\xEF\xBF\xBD");
    EXPECT_EQ(Redaction(endpoint("http://h"))("http://h/x", 100), "http://h/x");
}

}  // namespace
}  // namespace indexer::rpc
