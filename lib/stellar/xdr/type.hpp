#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace indexer::stellar::xdr {

enum class Kind : std::uint8_t {
    undeclared,  // named in the schema, not declared (yet)
    alias,       // a typedef, until the schema is resolved
    boolean,
    int32,
    uint32,
    int64,
    uint64,
    enumeration,
    opaque,           // opaque[n]
    variable_opaque,  // opaque<n>
    string,           // string<n>: any bytes, UTF-8 is not promised
    array,            // T[n]
    variable_array,   // T<n>
    optional,         // T*
    structure,
    tagged_union,
};

// The text SEP-51 gives to types that are not written as their structure is; the schema says which
// type has which ("as account").
enum class TextForm : std::uint8_t {
    none,
    account,            // G...
    muxed_account,      // G... or M...
    muxed,              // M...
    muxed_contract,     // W...
    contract,           // C...
    liquidity_pool,     // L...
    claimable_balance,  // B...
    address,            // any of those above but muxed_account
    signer,             // G..., T..., X... or P...
    signed_payload,     // P...
    asset_code4,        // characters, without the zero bytes that pad them
    asset_code12,
    asset_code,
    u128,  // decimal digits
    i128,
    u256,
    i256,
};

// How the bytes a value takes are found without reading all of it.
enum class Sizing : std::uint8_t {
    fixed,     // the type alone says it
    computed,  // its first word says it
    measured,  // the decoder found it and wrote it down
};

struct Type;

struct Field {
    std::string_view name{};
    Type const* type = nullptr;
    std::string json_key{};  // {"name": of the first, ,"name": of the others
};

// A member of an enumeration, or an arm of a union.
struct Case {
    std::int32_t value = 0;
    std::string_view name{};
    Type const* type = nullptr;  // nothing follows: void, or a member of an enumeration
    std::string json_name{};     // "name"
    std::string json_key{};      // {"name":
};

// One row of the table of types. Owned by a Schema and immutable once that is built.
struct Type {
    Kind kind = Kind::undeclared;
    TextForm form = TextForm::none;
    Sizing sizing = Sizing::measured;
    bool unconstrained = false;  // fixed, and any bytes are a legal value
    bool defaults_to_void = false;
    std::uint32_t limit = 0;             // n of T[n] and T<n>
    std::uint32_t fixed_size = 0;        // bytes; 0 when values differ
    std::uint32_t least_size = 0;        // bytes
    std::string_view name{};             // empty for a type written in place
    Type const* element = nullptr;       // of an array or an optional; what an alias stands for
    Type const* discriminant = nullptr;  // of a union; null when it is an int
    std::vector<Field> fields{};
    std::vector<Case> cases{};  // by value
    bool is_gapless = false;    // each case's value is one more than that of the case before
    std::int32_t first_case = 0;

    // The member or arm of that value; null when there is none.
    [[nodiscard]] Case const* find_case(std::int32_t value) const noexcept {
        if (!is_gapless) return search_case(value);
        auto const place = static_cast<std::uint64_t>(std::int64_t{value} - first_case);
        return place < cases.size() ? &cases[place] : nullptr;
    }

  private:
    [[nodiscard]] Case const* search_case(std::int32_t value) const noexcept;
};

}  // namespace indexer::stellar::xdr
