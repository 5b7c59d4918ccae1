#include "stellar/events/event_filters.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "base/json_writer.hpp"
#include "stellar/base64.hpp"
#include "stellar/strkey.hpp"
#include "stellar/xdr/decoder.hpp"
#include "stellar/xdr/schema.hpp"
#include "stellar/xdr/wire.hpp"

namespace indexer::stellar {
namespace {

// What a server takes: so many filters a request, and so many of these in each.
// Source: stellar-rpc, getEvents.
constexpr std::size_t kMostFilters = 5;
constexpr std::size_t kContractsPerFilter = 5;
constexpr std::size_t kMostPatterns = 5;
constexpr std::size_t kMostSegments = 4;

// SCValType
constexpr std::uint32_t kString = 14;
constexpr std::uint32_t kSymbol = 15;
constexpr std::uint32_t kAddress = 18;
constexpr std::size_t kLongestSymbol = 32;

base::Error refusal(std::string_view flag, std::string const& what, std::string const& hint) {
    return {base::Fault::usage, base::Recovery::never, fmt::format("{}: {}", flag, what), hint};
}

bool is_symbol(std::string_view text) {
    return !text.empty() && text.size() <= kLongestSymbol &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                      c == '_';
           });
}

std::string text_value(std::uint32_t type, std::string_view text) {
    std::string wire;
    xdr::append_u32(wire, type);
    xdr::append_u32(wire, static_cast<std::uint32_t>(text.size()));
    wire += text;
    wire.append((xdr::kWord - text.size() % xdr::kWord) % xdr::kWord, '\0');
    return wire;
}

// SCAddressType, and what stands between it and the key; nothing for what is no address.
std::optional<std::string> address_value(std::string_view text) {
    auto const key = parse_strkey(text);
    if (!key) return std::nullopt;
    std::string wire;
    xdr::append_u32(wire, kAddress);
    switch (key->kind) {
        case StrKeyKind::account:
            xdr::append_u32(wire, 0);
            xdr::append_u32(wire, 0);
            return wire + key->payload;
        case StrKeyKind::contract:
            xdr::append_u32(wire, 1);
            return wire + key->payload;
        case StrKeyKind::claimable_balance:
            xdr::append_u32(wire, 3);
            xdr::append_u32(wire, 0);
            return wire + key->payload.substr(1);
        case StrKeyKind::liquidity_pool:
            xdr::append_u32(wire, 4);
            return wire + key->payload;
        default:
            return std::nullopt;
    }
}

// Given as base64; nothing unless it is an ScVal.
std::optional<std::string> xdr_value(std::string_view text) {
    std::string wire;
    if (!decode_base64(text, wire)) return std::nullopt;
    try {
        xdr::Decoder decoder;
        static_cast<void>(decoder.decode(xdr::stellar_schema().type("SCVal"), wire));
        return wire;
    } catch (xdr::DecodeError const&) {
        return std::nullopt;
    }
}

std::optional<std::string> value_of(std::string_view segment) {
    constexpr std::string_view kXdr = "xdr:";
    constexpr std::string_view kText = "str:";
    if (segment.starts_with(kXdr)) return xdr_value(segment.substr(kXdr.size()));
    if (segment.starts_with(kText)) return text_value(kString, segment.substr(kText.size()));
    if (auto address = address_value(segment)) return address;
    if (is_symbol(segment)) return text_value(kSymbol, segment);
    return std::nullopt;
}

// As the request has it: a wildcard, or a value in base64.
std::string segment_text(std::string const& pattern, std::string_view segment, bool last) {
    if (segment == "*" || (segment == "**" && last)) return std::string(segment);
    auto const value = segment == "**" ? std::nullopt : value_of(segment);
    if (!value) {
        throw refusal(
            "--topic", fmt::format("{}: {} is no topic", pattern, segment),
            "a topic is a symbol, an address, str:TEXT, xdr:BASE64, or *; ** may stand at "
            "the end");
    }
    std::string text;
    append_base64(text, *value);
    return text;
}

std::vector<std::string> segments_of(std::string const& pattern) {
    std::vector<std::string> segments;
    std::string_view rest(pattern);
    for (;;) {
        auto const comma = rest.find(',');
        bool const last = comma == std::string_view::npos;
        segments.push_back(segment_text(pattern, rest.substr(0, comma), last));
        if (last) break;
        rest.remove_prefix(comma + 1);
    }
    if (segments.size() - (segments.back() == "**" ? 1 : 0) > kMostSegments) {
        throw refusal("--topic", pattern + ": more than 4 topics", "end the pattern with **");
    }
    return segments;
}

void check_contract(std::string const& contract) {
    auto const key = parse_strkey(contract);
    if (key && key->kind == StrKeyKind::contract) return;
    throw refusal("--contract", contract + " is no contract", "give its address, C...");
}

void check_counts(config::Stellar const& config) {
    if (config.contracts.size() > kMostFilters * kContractsPerFilter) {
        throw refusal("--contract", "more than 25 contracts",
                      "a server takes no more in one request; index the rest in another run");
    }
    if (config.topics.size() > kMostPatterns) {
        throw refusal("--topic", "more than 5 patterns",
                      "a server takes no more in one request; index the rest in another run");
    }
}

using Topics = std::vector<std::vector<std::string>>;

void write_filter(base::JsonWriter& json, std::vector<std::string> const& contracts,
                  Topics const& topics) {
    json.begin_object();
    if (!contracts.empty()) {
        json.key("contractIds").begin_array();
        for (std::string const& contract : contracts) json.value(contract);
        json.end_array();
    }
    if (!topics.empty()) {
        json.key("topics").begin_array();
        for (auto const& segments : topics) {
            json.begin_array();
            for (std::string const& segment : segments) json.value(segment);
            json.end_array();
        }
        json.end_array();
    }
    json.end_object();
}

std::vector<std::string> sorted(std::vector<std::string> values) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    return values;
}

// All filters name contracts, or none does: servers before 27.1.1 miss events where some do.
std::string filters_json(std::vector<std::string> const& contracts, Topics const& topics) {
    base::JsonWriter json;
    json.begin_array();
    if (contracts.empty()) write_filter(json, {}, topics);
    for (std::size_t i = 0; i < contracts.size(); i += kContractsPerFilter) {
        auto const end = std::min(contracts.size(), i + kContractsPerFilter);
        auto const at = [&](std::size_t place) {
            return contracts.begin() + static_cast<std::ptrdiff_t>(place);
        };
        write_filter(json, {at(i), at(end)}, topics);
    }
    json.end_array();
    return std::move(json).text();
}

}  // namespace

EventFilters::EventFilters(config::Stellar const& config) {
    check_counts(config);
    auto const contracts = sorted(config.contracts);
    auto const patterns = sorted(config.topics);
    for (std::string const& contract : contracts) check_contract(contract);
    Topics topics;
    for (std::string const& pattern : patterns) topics.push_back(segments_of(pattern));
    json_ = filters_json(contracts, topics);
    if (!contracts.empty()) name_ += fmt::format(" of {}", fmt::join(contracts, " "));
    if (!patterns.empty()) name_ += fmt::format(" with {}", fmt::join(patterns, " "));
}

}  // namespace indexer::stellar
