#include "solana/json.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace indexer::solana::json {
namespace {

// Nothing a node sends is nested deeper; a hostile answer must not exhaust the stack.
constexpr int kMaxDepth = 64;

// Codes that speak about one value, after which On-Demand can go on behind it.
bool is_about_one_value(simdjson::error_code code) noexcept {
    switch (code) {
        case simdjson::INCORRECT_TYPE:
        case simdjson::NUMBER_ERROR:
        case simdjson::NUMBER_OUT_OF_RANGE:
        case simdjson::STRING_ERROR:
        case simdjson::NO_SUCH_FIELD:
            return true;
        default:
            return false;
    }
}

base::Error error_of(simdjson::error_code code) {
    if (is_about_one_value(code)) return wrong("not of the expected type");
    return {base::Fault::not_understood, base::Recovery::retry_elsewhere,
            std::string(": broken JSON: ") + simdjson::error_message(code)};
}

// Arrays of account indexes are a good part of a block, and mostly spelled without a space: those
// are read here, in a third of the time that On-Demand takes. False where there is anything else.
// The text ends with a bracket, behind which nothing is read.
bool append_plain(std::string_view array, std::vector<std::uint8_t>& out) {
    char const* at = array.data() + 1;
    if (*at == ']') return true;
    for (;; ++at) {
        char const* const first = at;
        unsigned number = 0;
        while (*at >= '0' && *at <= '9' && at - first < 4) {
            number = number * 10 + static_cast<unsigned>(*at++ - '0');
        }
        bool const padded = *first == '0' && at - first > 1;
        if (at == first || padded || number > 255) return false;
        out.push_back(static_cast<std::uint8_t>(number));
        if (*at == ']') return true;
        if (*at != ',') return false;
    }
}

void copy(ondemand::value value, base::JsonWriter& out, int depth);

void copy_object(ondemand::object object, base::JsonWriter& out, int depth) {
    out.begin_object();
    for (ondemand::field field : object) {
        out.key(field.unescaped_key());
        copy(field.value(), out, depth);
    }
    out.end_object();
}

void copy_array(ondemand::array array, base::JsonWriter& out, int depth) {
    out.begin_array();
    for (ondemand::value element : array) copy(element, out, depth);
    out.end_array();
}

void copy_number(ondemand::value value, base::JsonWriter& out) {
    auto const token = trimmed(value.raw_json_token());
    if (value.get_number().error() != simdjson::SUCCESS) throw wrong("not a number");
    out.raw(token);
}

void copy(ondemand::value value, base::JsonWriter& out, int depth) {
    if (depth == kMaxDepth) throw wrong("nested too deeply");
    switch (ondemand::json_type const type = value.type(); type) {
        case ondemand::json_type::object:
            copy_object(value.get_object(), out, depth + 1);
            break;
        case ondemand::json_type::array:
            copy_array(value.get_array(), out, depth + 1);
            break;
        case ondemand::json_type::string:
            out.value(std::string_view(value.get_string()));
            break;
        case ondemand::json_type::number:
            copy_number(value, out);
            break;
        case ondemand::json_type::boolean:
            out.value(bool(value.get_bool()));
            break;
        case ondemand::json_type::null:
            if (!value.is_null()) throw wrong("not of the expected type");
            out.null();
            break;
    }
}

}  // namespace

base::Error wrong(std::string const& what) {
    return {base::Fault::not_understood, base::Recovery::never, ": " + what};
}

void rethrow_below(std::string const& step) {
    try {
        throw;
    } catch (simdjson::simdjson_error const& error) {
        auto const described = error_of(error.error());
        throw base::Error(described.fault(), described.recovery(), step + described.what());
    } catch (base::Error const& error) {
        throw base::Error(error.fault(), error.recovery(), step + error.what());
    }
}

void fail_on_broken_text() {
    throw error_of(simdjson::TAPE_ERROR);
}

std::int64_t bigint(ondemand::value value) {
    std::uint64_t const number = value.get_uint64();
    if (number > std::uint64_t{std::numeric_limits<std::int64_t>::max()}) {
        throw wrong(std::to_string(number) + " is out of range");
    }
    return static_cast<std::int64_t>(number);
}

std::uint8_t byte(ondemand::value value) {
    std::uint64_t const number = value.get_uint64();
    if (number > 255) throw wrong(std::to_string(number) + " is out of range");
    return static_cast<std::uint8_t>(number);
}

void append_bytes(ondemand::array array, std::vector<std::uint8_t>& out) {
    auto const size = out.size();
    if (append_plain(array.raw_json(), out)) return;
    out.resize(size);
    array.reset().value();
    for_each_element(array, [&](ondemand::value element) { out.push_back(byte(element)); });
}

std::size_t count_numbers(ondemand::array array) {
    std::size_t count = 0;
    for (ondemand::value element : array) {
        char const first = element.raw_json_token().front();
        if (first < '0' || first > '9') throw wrong("not of unsigned integers");
        ++count;
    }
    return count;
}

std::uint64_t decimal(ondemand::value value) {
    auto const digits = text(value);
    std::uint64_t number = 0;
    auto const [end, error] = std::from_chars(digits.begin(), digits.end(), number);
    if (error != std::errc{} || end != digits.end()) throw wrong("not a number of 64 bits");
    return number;
}

void copy(ondemand::value value, base::JsonWriter& out) {
    copy(value, out, 0);
}

}  // namespace indexer::solana::json
