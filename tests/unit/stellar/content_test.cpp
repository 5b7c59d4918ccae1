#include "stellar/content.hpp"

#include <gtest/gtest.h>

namespace indexer::stellar {
namespace {

TEST(Content, IsChosenByTheOptionsForItsName) {
    EXPECT_EQ(options_for(name_of(content_of({}))), "");
    EXPECT_EQ(options_for("ledgers,events"), " --tables ledgers,events");
    EXPECT_EQ(
        options_for("events asked for of CA CB with transfer,** mint: transactions,operations,"
                    "events,token_operations,contract_code,account_entries"),
        " --contract 'CA' --contract 'CB' --topic 'transfer,**' --topic 'mint'");
    EXPECT_EQ(options_for("events asked for with transfer,*: events"),
              " --topic 'transfer,*' --tables events");
}

}  // namespace
}  // namespace indexer::stellar
