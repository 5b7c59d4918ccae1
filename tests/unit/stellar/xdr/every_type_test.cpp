// What must hold for all types, tried with made-up values of each.

#include <random>
#include <string>

#include <gtest/gtest.h>
#include <simdjson.h>

#include "stellar/xdr/decoder.hpp"
#include "stellar/xdr/json.hpp"
#include "stellar/xdr/schema.hpp"
#include "tests/unit/stellar/xdr/sample.hpp"

namespace indexer::stellar::xdr {
namespace {

constexpr int kSamples = 20;

template <class Check>
void for_samples_of_every_type(Check check) {
    std::mt19937 chance(51);
    for (auto const& type : stellar_schema().types()) {
        for (int i = 0; i < kSamples; ++i) check(type, test::sample(type, chance));
    }
}

TEST(EveryType, BecomesValidJson) {
    simdjson::dom::parser parser;
    for_samples_of_every_type([&](Type const& type, std::string const& bytes) {
        Decoder decoder;
        auto const json = json_of(decoder.decode(type, bytes));
        EXPECT_EQ(parser.parse("[" + json + "]").error(), simdjson::SUCCESS) << type.name << json;
    });
}

// All the bytes below a value, gathered from its parts by the ways a row decoder has to reach them.
std::string gathered(Value const& value);

std::string prefix(Value const& value) {
    return std::string(value.wire().substr(0, 4));
}

std::string gathered_elements(Value const& value) {
    std::string bytes;
    for (auto const element : value) bytes += gathered(element);
    return bytes;
}

std::string gathered_fields(Value const& value) {
    std::string bytes;
    for (auto const& field : value.type().fields) bytes += gathered(value[field.name]);
    return bytes;
}

std::string gathered(Value const& value) {
    switch (value.type().kind) {
        case Kind::structure:
            return gathered_fields(value);
        case Kind::array:
            return gathered_elements(value);
        case Kind::variable_array:
            return prefix(value) + gathered_elements(value);
        case Kind::tagged_union: {
            auto const content = value.content();
            return prefix(value) + (content ? gathered(*content) : "");
        }
        case Kind::optional: {
            auto const content = value.present();
            return prefix(value) + (content ? gathered(*content) : "");
        }
        default:
            return std::string(value.wire());
    }
}

TEST(EveryType, IsMadeOfItsParts) {
    for_samples_of_every_type([](Type const& type, std::string const& bytes) {
        Decoder decoder;
        auto const value = decoder.decode(type, bytes);
        EXPECT_EQ(value.wire(), bytes) << type.name;
        EXPECT_EQ(gathered(value), bytes) << type.name;
    });
}

TEST(EveryType, IsRefusedWhenAWordIsMissingOrTooMany) {
    for_samples_of_every_type([](Type const& type, std::string const& bytes) {
        Decoder decoder;
        auto const shorter = bytes.substr(0, bytes.size() - 4);
        EXPECT_THROW((void)decoder.decode(type, shorter), DecodeError) << type.name;
        EXPECT_THROW((void)decoder.decode(type, bytes + std::string(4, 0)), DecodeError)
            << type.name;
    });
}

}  // namespace
}  // namespace indexer::stellar::xdr
