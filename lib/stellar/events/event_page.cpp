#include "stellar/events/event_page.hpp"

#include <algorithm>
#include <stdexcept>

#include <simdjson.h>

#include "base/number.hpp"
#include "rpc/result.hpp"

namespace indexer::stellar {
namespace {

namespace dom = simdjson::dom;

std::string text_at(dom::element element, char const* key) {
    return std::string(element[key].get_string().value());
}

ListedEvent read_event(dom::element element) {
    return {.id = parse_event_id(text_at(element, "id")),
            .transaction = text_at(element, "txHash"),
            .json = simdjson::minify(element)};
}

EventPage read_page(dom::element result) {
    EventPage page;
    for (dom::element const element : result["events"].get_array()) {
        page.events.push_back(read_event(element));
    }
    page.cursor = text_at(result, "cursor");
    page.reached = parse_event_id(page.cursor);
    page.latest = base::Seq(result["latestLedger"].get_uint64().value());
    return page;
}

}  // namespace

EventId parse_event_id(std::string_view text) {
    auto const* const dash = std::find(text.begin(), text.end(), '-');
    auto const position = base::whole_number<std::uint64_t>({text.begin(), dash});
    auto const behind = std::string_view(dash, text.end());
    auto const index = base::whole_number<std::uint32_t>(behind.substr(behind.empty() ? 0 : 1));
    if (!position || !index) throw std::invalid_argument("not an id of an event");
    return {*position, *index};
}

EventPage read_event_page(rpc::Response const& response) {
    auto const result = response.result();
    try {
        dom::parser parser;
        return read_page(parser.parse(result.data(), result.size()));
    } catch (simdjson::simdjson_error const& error) {
        throw rpc::unexpected(response, "stellar", std::string("getEvents: ") + error.what());
    } catch (std::invalid_argument const& error) {
        throw rpc::unexpected(response, "stellar", std::string("getEvents: ") + error.what());
    }
}

}  // namespace indexer::stellar
