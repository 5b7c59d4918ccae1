#include "tests/simulator/stellar/parameters.hpp"

#include <charconv>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace indexer::simulator::stellar {
namespace {

namespace dom = simdjson::dom;

constexpr std::uint64_t kMostOnAPage = 200;

std::optional<std::uint64_t> number_of(simdjson::simdjson_result<dom::element> element) {
    std::uint64_t number = 0;
    return element.get(number) == simdjson::SUCCESS ? std::optional(number) : std::nullopt;
}

}  // namespace

PageRequest page_request(Call const& call) {
    PageRequest request;
    if (!call.named) return request;
    auto const& named = *call.named;
    request.start = number_of(named["startLedger"]);
    request.end = number_of(named["endLedger"]);
    request.limit = number_of(named["pagination"]["limit"]);
    std::string_view cursor;
    if (named["pagination"]["cursor"].get(cursor) == simdjson::SUCCESS) request.cursor = cursor;
    return request;
}

std::optional<std::string> wrong_format(Call const& call) {
    std::string_view format;
    if (!call.named || (*call.named)["xdrFormat"].get(format) != simdjson::SUCCESS) return {};
    if (format.empty() || format == "base64") return std::nullopt;
    if (format == "json") return "the simulator knows xdrFormat base64 only";
    return fmt::format("got '{}': expected base64, json for optional 'xdrFormat'", format);
}

std::optional<Answer> refuse_page(PageRequest const& request, Call const& call,
                                  std::uint64_t oldest, std::uint64_t latest) {
    std::vector<std::string> wrong;
    auto const start = request.start.value_or(0);
    if (request.cursor && request.start) {
        wrong.push_back(fmt::format("startLedger ({}) and cursor ({}) cannot both be set", start,
                                    *request.cursor));
    } else if (!request.cursor && (start < oldest || start > latest)) {
        wrong.push_back(
            fmt::format("start ledger ({}) must be between the oldest ledger: {} and the latest "
                        "ledger: {} for this rpc instance",
                        start, oldest, latest));
    }
    if (request.limit.value_or(0) > kMostOnAPage) {
        wrong.push_back(fmt::format("limit must not exceed {}", kMostOnAPage));
    }
    if (auto format = wrong_format(call)) wrong.push_back(*std::move(format));
    if (wrong.empty()) return std::nullopt;
    return Answer::error(-32600, fmt::format("{}", fmt::join(wrong, "\n")));
}

Answer invalid_params(std::string message) {
    return Answer::error(-32602, std::move(message));
}

std::optional<std::int64_t> parse_whole(std::string const& text) {
    std::int64_t number = 0;
    auto const* const end = text.data() + text.size();
    auto const parsed = std::from_chars(text.data(), end, number);
    return parsed.ec == std::errc() && parsed.ptr == end ? std::optional(number) : std::nullopt;
}

}  // namespace indexer::simulator::stellar
