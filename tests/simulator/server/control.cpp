#include "tests/simulator/server/control.hpp"

#include <charconv>

#include "base/error.hpp"

namespace indexer::simulator {
namespace {

Slot parse_slot(std::string const& text) {
    Slot slot = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), slot).ec != std::errc()) {
        throw base::Error(base::Fault::usage, base::Recovery::never, "control: no slot: " + text);
    }
    return slot;
}

}  // namespace

Reply Control::dispatch(HttpRequest const& request) {
    auto const what = request.method + request.path;
    if (what == "GET/control/stats") return {.pieces = {stats_.json()}};
    if (what == "GET/control/expected") return expected(request);
    if (what == "POST/control/faults") {
        faults_.replace(parse_rules(request.body));
    } else if (what == "POST/control/tip") {
        service_.window().set_tip(parse_slot(request.body));
    } else if (what == "POST/control/first-available") {
        service_.window().set_first_available(parse_slot(request.body));
    } else {
        return {.status = 404};
    }
    return {};
}

Reply Control::expected(HttpRequest const& request) const {
    auto const slot = [&](char const* name) {
        auto const found = request.query.find(name);
        return parse_slot(found == request.query.end() ? "" : found->second);
    };
    SlotSpan const span{slot("first"), slot("last")};
    if (span.last < span.first) return {.status = 400, .pieces = {"control: last before first"}};
    return {.pieces = {service_.expectation(span)}};
}

Reply Control::handle(HttpRequest const& request) {
    try {
        return dispatch(request);
    } catch (base::Error const& error) {
        return {.status = 400, .content_type = "text/plain", .pieces = {error.what()}};
    }
}

}  // namespace indexer::simulator
