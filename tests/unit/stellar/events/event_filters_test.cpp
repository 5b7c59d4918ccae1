#include "stellar/events/event_filters.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace indexer::stellar {
namespace {

constexpr auto kContract = "CAS3J7GYLGXMF6TDJBBYYSE3HQ6BBSMLNUQ34T6TZMYMW2EVH34XOWMA";
constexpr auto kOther = "CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC";

config::Stellar asking(std::vector<std::string> contracts, std::vector<std::string> topics) {
    config::Stellar config;
    config.contracts = std::move(contracts);
    config.topics = std::move(topics);
    return config;
}

std::string refusal_of(config::Stellar const& config) {
    try {
        EventFilters const filters(config);
    } catch (base::Error const& error) {
        EXPECT_EQ(error.fault(), base::Fault::usage);
        return error.what();
    }
    return "";
}

TEST(EventFilters, SayWhatTheServerUnderstands) {
    EXPECT_EQ(EventFilters(asking({kContract}, {"transfer,**"})).json(),
              R"([{"contractIds":["CAS3J7GYLGXMF6TDJBBYYSE3HQ6BBSMLNUQ34T6TZMYMW2EVH34XOWMA"],)"
              R"("topics":[["AAAADwAAAAh0cmFuc2Zlcg==","**"]]}])");
}

TEST(EventFilters, TakeTopicsInTheirOwnSpelling) {
    EXPECT_EQ(EventFilters(asking({}, {"*,GAJQTRTE7HCNATAQREKWNYP2YGFPELWEJH6ZBVZR7RM2AJLAS57OAL5N,"
                                       "str:native,xdr:AAAADwAAAANmZWUA"}))
                  .json()
                  .substr(0, 17),
              R"([{"topics":[["*",)");
    EXPECT_EQ(EventFilters(asking({}, {"str:native"})).json(),
              R"([{"topics":[["AAAADgAAAAZuYXRpdmUAAA=="]]}])");
    EXPECT_EQ(EventFilters(asking({}, {"xdr:AAAADwAAAANmZWUA"})).json(),
              EventFilters(asking({}, {"fee"})).json());
}

TEST(EventFilters, SpreadContractsOverFilters) {
    std::vector<std::string> contracts(6, kContract);
    contracts.emplace_back(kOther);
    // The same twice is asked for once.
    EXPECT_EQ(EventFilters(asking(contracts, {})).json(),
              EventFilters(asking({kOther, kContract}, {})).json());
}

TEST(EventFilters, AreNamedWhateverTheirOrder) {
    EXPECT_EQ(EventFilters(asking({kContract, kOther}, {"mint", "burn"})).name(),
              EventFilters(asking({kOther, kContract}, {"burn", "mint"})).name());
    EXPECT_NE(EventFilters(asking({kContract}, {})).name(),
              EventFilters(asking({kOther}, {})).name());
}

TEST(EventFilters, RefuseWhatIsNone) {
    EXPECT_EQ(refusal_of(asking({"GABC"}, {})), "--contract: GABC is no contract");
    EXPECT_EQ(refusal_of(asking({}, {"**,mint"})), "--topic: **,mint: ** is no topic");
    EXPECT_EQ(refusal_of(asking({}, {"mint,"})), "--topic: mint,:  is no topic");
    EXPECT_EQ(refusal_of(asking({}, {"xdr:!"})), "--topic: xdr:!: xdr:! is no topic");
    EXPECT_EQ(refusal_of(asking({}, {"xdr:AAAA"})), "--topic: xdr:AAAA: xdr:AAAA is no topic");
    EXPECT_EQ(refusal_of(asking({}, {"a,b,c,d,e"})), "--topic: a,b,c,d,e: more than 4 topics");
    EXPECT_EQ(refusal_of(asking({}, {"a,b,c,d,**"})), "");
    EXPECT_EQ(refusal_of(asking({}, {"a", "b", "c", "d", "e", "f"})),
              "--topic: more than 5 patterns");
}

}  // namespace
}  // namespace indexer::stellar
