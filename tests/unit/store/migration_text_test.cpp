#include <algorithm>
#include <set>
#include <string_view>

#include <gtest/gtest.h>

#include "sql/statements.hpp"

namespace indexer::store {
namespace {

// These two have been applied as they are, and their checksums are noted.
std::set<int> const before_this_was_asked_for{5, 13};

// A database of another encoding may not have other characters, and a terminal may not show them.
TEST(MigrationText, IsAscii) {
    for (sql::Migration const& migration : sql::migrations) {
        if (before_this_was_asked_for.contains(migration.number)) continue;
        EXPECT_TRUE(std::all_of(migration.text.begin(), migration.text.end(), [](unsigned char c) {
            return c < 0x80;
        })) << migration.name;
    }
}

// What store::text_for leaves out where a schema is there.
TEST(MigrationText, SpeaksOfSchemasInLinesOfTheirOwn) {
    for (sql::Migration const& migration : sql::migrations) {
        for (std::string_view const verb : {"create schema ", "comment on schema "}) {
            auto const at = migration.text.find(verb);
            if (at == std::string_view::npos) continue;
            EXPECT_TRUE(at == 0 || migration.text[at - 1] == '\n') << migration.name;
            auto const end = migration.text.find('\n', at);
            EXPECT_EQ(migration.text[end - 1], ';') << migration.name;
            EXPECT_EQ(migration.text.find(verb, end), std::string_view::npos) << migration.name;
        }
    }
}

}  // namespace
}  // namespace indexer::store
