#include "tests/simulator/stellar/event_filter.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "stellar/base64.hpp"
#include "stellar/strkey.hpp"

namespace indexer::simulator::stellar {
namespace {

namespace dom = simdjson::dom;

constexpr std::size_t kMostFilters = 5;
constexpr std::size_t kMostContracts = 5;
constexpr std::size_t kMostTopics = 5;
constexpr std::size_t kMostSegments = 4;

// Thrown within this file only.
struct Wrong {
    std::string what;
};

bool matches(std::vector<std::string> const& segments, EventView const& event) {
    bool const open = segments.back() == "**";
    auto const fixed = segments.size() - (open ? 1 : 0);
    auto const topics = event.topics.size();
    if (open ? topics < fixed : topics != fixed) return false;
    for (std::size_t i = 0; i < fixed; ++i) {
        if (segments[i] != "*" && segments[i] != event.topics[i]) return false;
    }
    return true;
}

template <class Element>
std::vector<Element> elements(dom::object const& object, char const* name) {
    std::vector<Element> all;
    dom::array list;
    if (object[name].get(list) != simdjson::SUCCESS) return all;
    for (auto const element : list) {
        Element value{};
        if (element.get(value) != simdjson::SUCCESS) throw Wrong{"filter of another kind"};
        all.push_back(value);
    }
    return all;
}

std::vector<std::string> read_types(dom::object const& object) {
    std::string_view text;
    if (object["type"].get(text) != simdjson::SUCCESS || text.empty()) return {};
    std::vector<std::string> types;
    for (std::string_view rest = text; !rest.empty();) {
        auto const comma = std::min(rest.find(','), rest.size());
        auto const type = rest.substr(0, comma);
        if (type != "contract" && type != "system") {
            throw Wrong{"filter type invalid: if set, type must be either 'system' or 'contract'"};
        }
        types.emplace_back(type);
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return types;
}

std::vector<std::string> read_contracts(dom::object const& object) {
    std::vector<std::string> contracts;
    auto const texts = elements<std::string_view>(object, "contractIds");
    if (texts.size() > kMostContracts) throw Wrong{"maximum 5 contract IDs per filter"};
    for (std::size_t i = 0; i < texts.size(); ++i) {
        auto const key = indexer::stellar::parse_strkey(texts[i]);
        if (!key || key->kind != indexer::stellar::StrKeyKind::contract) {
            throw Wrong{fmt::format("contract ID {} invalid", i + 1)};
        }
        contracts.push_back(key->payload);
    }
    return contracts;
}

std::string read_segment(std::string_view text, std::size_t place, bool last) {
    if (text == "*") return "*";
    if (text == "**") {
        if (last) return "**";
        throw Wrong{fmt::format(
            "segment {} invalid: wildcard '**' is only allowed as the last segment", place)};
    }
    std::string bytes;
    if (!indexer::stellar::decode_base64(text, bytes)) {
        throw Wrong{fmt::format("segment {} invalid", place)};
    }
    return bytes;
}

std::vector<std::string> read_topic(dom::array const& list) {
    std::vector<std::string> segments;
    auto const count = list.size();
    for (std::size_t i = 0; i < count; ++i) {
        std::string_view const text = list.at(i);
        segments.push_back(read_segment(text, i + 1, i + 1 == count));
    }
    if (segments.empty()) throw Wrong{"topic must have at least one segment"};
    if (count - (segments.back() == "**" ? 1 : 0) > kMostSegments) {
        throw Wrong{"topic cannot have more than 4 segments"};
    }
    return segments;
}

std::vector<std::vector<std::string>> read_topics(dom::object const& object) {
    std::vector<std::vector<std::string>> topics;
    auto const lists = elements<dom::array>(object, "topics");
    if (lists.size() > kMostTopics) throw Wrong{"maximum 5 topics per filter"};
    for (dom::array const& list : lists) {
        try {
            topics.push_back(read_topic(list));
        } catch (Wrong const& wrong) {
            throw Wrong{fmt::format("topic {} invalid: {}", topics.size() + 1, wrong.what)};
        }
    }
    return topics;
}

}  // namespace

bool EventFilter::matches(EventView const& event) const {
    auto const is_in = [](auto const& list, std::string_view value) {
        return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
    };
    bool const topic = topics.empty() || std::any_of(topics.begin(), topics.end(), [&](auto& t) {
                           return stellar::matches(t, event);
                       });
    return topic && is_in(types, event.type) && is_in(contracts, event.contract);
}

std::vector<EventFilter> read_filters(Call const& call, std::optional<std::string>& wrong) {
    std::vector<EventFilter> filters;
    if (!call.named) return filters;
    auto const objects = elements<dom::object>(*call.named, "filters");
    if (objects.size() > kMostFilters) {
        wrong = "maximum 5 filters per request";
        return filters;
    }
    for (dom::object const& object : objects) {
        try {
            filters.push_back({read_types(object), read_contracts(object), read_topics(object)});
        } catch (Wrong const& what) {
            wrong = fmt::format("filter {} invalid: {}", filters.size() + 1, what.what);
            return filters;
        }
    }
    return filters;
}

}  // namespace indexer::simulator::stellar
