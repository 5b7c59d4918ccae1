#include "stellar/xdr/schema.hpp"

#include <array>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace indexer::stellar::xdr {
namespace {

Schema schema_of(std::string_view text) {
    std::array<std::string_view, 1> const texts{text};
    return Schema(texts);
}

std::string failure_of(std::string_view text) {
    try {
        auto const schema = schema_of(text);
    } catch (base::Error const& error) {
        EXPECT_EQ(error.fault(), base::Fault::internal);
        return error.what();
    }
    return "none";
}

TEST(Schema, KnowsHowManyBytesValuesTake) {
    auto const schema = schema_of(R"(
        typedef opaque[5] Code;
        enum Kind { small = 0, large = 1 };
        struct Pair { int a; unsigned hyper b; };
        struct Open { Pair pair; string<8> text; };
        union Even switch (Kind) { case small: int; case large: Kind; };
        union Uneven switch (int) { case 0: void; case 1: Pair; };
        typedef Pair[3] Pairs;
    )");
    EXPECT_EQ(schema.type("Code").fixed_size, 8U);
    EXPECT_EQ(schema.type("Kind").fixed_size, 4U);
    EXPECT_EQ(schema.type("Pair").fixed_size, 12U);
    EXPECT_EQ(schema.type("Open").fixed_size, 0U);
    EXPECT_EQ(schema.type("Open").least_size, 16U);
    EXPECT_EQ(schema.type("Even").fixed_size, 8U);
    EXPECT_EQ(schema.type("Uneven").fixed_size, 0U);
    EXPECT_EQ(schema.type("Uneven").least_size, 4U);
    EXPECT_EQ(schema.type("Pairs").fixed_size, 36U);
}

TEST(Schema, KnowsWhichTypesAnyBytesFit) {
    auto const schema = schema_of(R"(
        typedef opaque[4] Word;
        typedef opaque[5] Padded;
        struct Free { Word a; hyper b; };
        struct Bound { Word a; bool b; };
    )");
    EXPECT_TRUE(schema.type("Free").unconstrained);
    EXPECT_FALSE(schema.type("Padded").unconstrained);
    EXPECT_FALSE(schema.type("Bound").unconstrained);
}

TEST(Schema, TakesDeclarationsInAnyOrder) {
    auto const schema = schema_of(R"(
        union Shape switch (Kind) { case dot: void; default: void; };
        typedef Hash Name as contract;
        typedef opaque[32] Hash;
        enum Kind { dot = 3, line = -2, };  // a comma at the end, a comment
    )");
    auto const& cases = schema.type("Shape").cases;
    ASSERT_EQ(cases.size(), 2U);
    EXPECT_EQ(cases[0].name, "line");
    EXPECT_EQ(cases[1].value, 3);
    EXPECT_EQ(schema.type("Name").form, TextForm::contract);
    EXPECT_EQ(schema.type("Hash").form, TextForm::none);
}

TEST(Schema, AllowsTypesThatEnd) {
    auto const schema = schema_of(R"(
        struct List { List* next; };
        struct Tree { Tree<> branches; };
        union Expression switch (int) { case 0: int; case 1: Negation; };
        struct Negation { Expression of; };
    )");
    EXPECT_EQ(schema.type("List").least_size, 4U);
    EXPECT_EQ(schema.type("Negation").least_size, 4U);
}

TEST(Schema, SaysWhatIsWrongWithAText) {
    EXPECT_EQ(failure_of("struct A {\n  int 5;\n};"),
              "xdr schema: line 2: expected a name, found '5'");
    EXPECT_EQ(failure_of("int x;"), "xdr schema: line 1: 'int' starts no declaration");
    EXPECT_EQ(failure_of("enum A { x = y };"), "xdr schema: line 1: expected a number, found 'y'");
    EXPECT_EQ(failure_of("typedef int A as poem;"),
              "xdr schema: line 1: no text form is called 'poem'");
    EXPECT_EQ(failure_of("typedef int A; typedef int A;"),
              "xdr schema: line 1: A is declared twice");
    EXPECT_EQ(failure_of("typedef opaque A;"), "xdr schema: line 1: expected '<', found 'A'");
    EXPECT_EQ(failure_of("struct A {"), "xdr schema: line 1: expected a name, found ''");
}

TEST(Schema, RefusesWhatMakesNoSense) {
    EXPECT_EQ(failure_of("struct A { B b; };"), "xdr schema: B is used but not declared");
    EXPECT_EQ(failure_of("struct A { A a; };"), "xdr schema: A contains itself");
    EXPECT_EQ(failure_of("typedef A B; typedef B A;"), "xdr schema: A stands for itself");
    EXPECT_EQ(failure_of("enum K { x = 0 }; union U switch (K) { case y: void; };"),
              "xdr schema: U has no case 'y'");
    EXPECT_EQ(failure_of("union U switch (int) { case 9: void; };"),
              "xdr schema: U has a case beyond the names known");
    EXPECT_EQ(failure_of("union U switch (int) { default: void; };"),
              "xdr schema: U has a default, but an int has no end");
}

TEST(Schema, OfStellarHasTheTypesRowsAreMadeFrom) {
    auto const& schema = stellar_schema();
    EXPECT_EQ(schema.type("AccountID").fixed_size, 36U);
    EXPECT_EQ(schema.type("LedgerCloseMeta").cases.size(), 3U);
    EXPECT_EQ(schema.type("OperationBody").cases.size(), 27U);
    EXPECT_EQ(schema.type("SCVal").cases.size(), 23U);
    EXPECT_THROW((void)schema.type("Ledger"), base::Error);
}

}  // namespace
}  // namespace indexer::stellar::xdr
