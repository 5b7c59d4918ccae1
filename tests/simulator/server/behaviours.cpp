#include "tests/simulator/server/behaviours.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace indexer::simulator {
namespace {

constexpr std::string_view kBlock = "getBlock";
constexpr std::string_view kRanges = "getBlocks getBlocksWithLimit getLedgers lake";
constexpr std::string_view kLedgers = "getLedgers lake";
constexpr std::string_view kForks = "getBlock getLedgers";
constexpr std::string_view kTip =
    "getSlot getBlock getBlocks getBlockHeight getBlocksWithLimit "
    "getHealth getLatestLedger getLedgers getTransactions getEvents";

std::uint64_t unsigned_value(FaultRule const& rule) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(rule.value, 0));
}

void replace(Reply& reply, int status, std::string type, std::string body) {
    reply.status = status;
    reply.content_type = std::move(type);
    reply.pieces.assign(1, Text(std::move(body)));
}

// A proxy's error page, whose status is the behaviour's number.
void http_status(Orders& orders, Call const&, FaultRule const& rule) {
    orders.spoil = [status = static_cast<int>(rule.value)](Reply& reply) {
        replace(reply, status, "text/html",
                fmt::format("<html><head><title>{0}</title></head>\r\n<body><center><h1>{0}</h1>"
                            "</center><hr><center>nginx</center></body></html>\r\n",
                            status));
    };
}

Answer too_many() {
    return Answer::error(429, "Too many requests for a specific RPC call");
}

void retry_after(Reply& reply, std::int64_t seconds) {
    if (seconds > 0) reply.headers.emplace_back("Retry-After", fmt::format("{}", seconds));
}

void rate_limited(Orders& orders, Call const&, FaultRule const& rule) {
    orders.instead = too_many();
    orders.spoil = [seconds = rule.value](Reply& reply) {
        reply.status = 429;
        retry_after(reply, seconds);
    };
}

void rate_limited_plain(Orders& orders, Call const&, FaultRule const& rule) {
    orders.spoil = [seconds = rule.value](Reply& reply) {
        replace(reply, 429, "text/plain", "Too Many Requests");
        retry_after(reply, seconds);
    };
}

void rate_limited_in_body(Orders& orders, Call const&, FaultRule const&) {
    orders.instead = too_many();
}

// QuickNode's, with the code that elsewhere means a skipped slot.
void rate_limited_as_skip(Orders& orders, Call const&, FaultRule const&) {
    orders.instead = Answer::error(
        -32007,
        "50/second request limit reached - reduce calls per second or upgrade your account at "
        "quicknode.com");
}

template <Delivery kDelivery>
void deliver_as(Orders& orders, Call const&, FaultRule const&) {
    orders.spoil = [](Reply& reply) { reply.delivery = kDelivery; };
}

void truncated(Orders& orders, Call const&, FaultRule const&) {
    orders.spoil = [](Reply& reply) {
        reply.pieces.assign(1, reply.body().substr(0, reply.size() * 2 / 3));
    };
}

void html(Orders& orders, Call const&, FaultRule const&) {
    orders.spoil = [](Reply& reply) {
        replace(reply, 200, "text/html", "<html><body>Please enable cookies.</body></html>");
    };
}

void empty(Orders& orders, Call const&, FaultRule const&) {
    orders.spoil = [](Reply& reply) { reply.pieces.clear(); };
}

void wrong_id(Orders& orders, Call const&, FaultRule const&) {
    orders.wrong_id = true;
}

void slow(Orders& orders, Call const&, FaultRule const& rule) {
    orders.delay = std::chrono::milliseconds(rule.value);
}

void null_block(Orders& orders, Call const&, FaultRule const&) {
    orders.instead = Answer::of("null");
}

void skip_lie(Orders& orders, Call const& call, FaultRule const& rule) {
    auto const* const reason = rule.value == -32009
                                   ? "missing in long-term storage"
                                   : "missing due to ledger jump to recent snapshot";
    orders.instead = Answer::error(
        rule.value, fmt::format("Slot {} was skipped, or {}", call.slot().value_or(0), reason));
}

void unavailable(Orders& orders, Call const& call, FaultRule const&) {
    orders.instead = Answer::error(
        -32004, fmt::format("Block not available for slot {}", call.slot().value_or(0)));
}

void long_term(Orders& orders, Call const&, FaultRule const&) {
    orders.instead = Answer::error(-32019, "Failed to query long-term storage; please try again");
}

void internal(Orders& orders, Call const&, FaultRule const&) {
    orders.instead = Answer::error(-32603, "Internal error");
}

void busy(Orders& orders, Call const&, FaultRule const&) {
    orders.instead = Answer::error(-32001, "Unable to complete request at this time.");
}

void credits(Orders& orders, Call const&, FaultRule const& rule) {
    orders.instead =
        Answer::error(-32003, fmt::format("credits limited to {}/sec", unsigned_value(rule)));
}

void error_text(Orders& orders, Call const&, FaultRule const&) {
    orders.spoil = [](Reply& reply) {
        replace(reply, 200, "application/json",
                R"({"jsonrpc":"2.0","id":1,"error":"monthly quota exhausted, upgrade your plan"})");
    };
}

void no_method(Orders& orders, Call const&, FaultRule const&) {
    orders.instead = Answer::error(-32601, "Method not found");
}

void redirect(Orders& orders, Call const&, FaultRule const& rule) {
    orders.spoil = [status = static_cast<int>(rule.value)](Reply& reply) {
        replace(reply, status, "text/html", "");
        reply.headers.emplace_back("Location", "https://elsewhere.example/v2/secret-token?key=k");
    };
}

void behind(Orders& orders, Call const&, FaultRule const& rule) {
    orders.instead = Answer::error(-32005, fmt::format("Node is behind by {} slots", rule.value),
                                   fmt::format(R"({{"numSlotsBehind":{}}})", rule.value));
}

void omit(Orders& orders, Call const&, FaultRule const& rule) {
    orders.omit = rule.slots.value_or(SlotSpan{});
}

void poison(Orders& orders, Call const&, FaultRule const& rule) {
    orders.poison = rule.slots.value_or(SlotSpan{});
    orders.trailing_bytes = unsigned_value(rule);
}

void time_limit(Orders& orders, Call const&, FaultRule const&) {
    orders.instead = Answer::error(-32001, "request exceeded processing limit threshold");
}

void queue_full(Orders& orders, Call const& call, FaultRule const&) {
    orders.instead = Answer::error(
        -32603,
        fmt::format("rpc queue for {} surpassed queue limit of 1000 requests", call.method));
}

void unhealthy(Orders& orders, Call const&, FaultRule const& rule) {
    orders.instead = Answer::error(
        -32603,
        fmt::format("latency ({}s) since last known ledger closed is too high (>30s)", rule.value));
}

void bad_link(Orders& orders, Call const&, FaultRule const& rule) {
    orders.fork = static_cast<unsigned>(unsigned_value(rule));
}

// Puts the rule's value in place of the number under the key.
void retell(Orders& orders, std::string_view key, FaultRule const& rule) {
    orders.spoil = [key, value = rule.value](Reply& reply) {
        auto body = reply.body();
        auto const at = body.find(key);
        if (at == std::string::npos) return;
        auto const begin = at + key.size();
        auto const end = body.find_first_not_of("0123456789", begin);
        reply.pieces.assign(1, body.replace(begin, end - begin, std::to_string(value)));
    };
}

// The hashes stay as they are.
void wrong_parent(Orders& orders, Call const&, FaultRule const& rule) {
    retell(orders, "\"parentSlot\":", rule);
}

void oldest_told(Orders& orders, Call const&, FaultRule const& rule) {
    retell(orders, "\"oldestLedger\":", rule);
}

void tip_back(Orders& orders, Call const&, FaultRule const& rule) {
    orders.tip_back = unsigned_value(rule);
}

void tip_told(Orders& orders, Call const&, FaultRule const& rule) {
    orders.instead = Answer::of(Text(fmt::format("{}", rule.value)));
}

constexpr std::array kBehaviours{
    Behaviour{"429", "", "retry-after", 0, rate_limited, "HTTP 429 with a JSON-RPC error"},
    Behaviour{"429-plain", "", "retry-after", 0, rate_limited_plain,
              "HTTP 429 with a line of text"},
    Behaviour{"429-in-body", "", "", 0, rate_limited_in_body, "HTTP 200 with error code 429"},
    Behaviour{"429-as-skip", "", "", 0, rate_limited_as_skip, "a limit told with code -32007"},
    Behaviour{"403", "", "", 403, http_status, "a proxy's page: blocked"},
    Behaviour{"500", "", "", 500, http_status, "a proxy's page: internal error"},
    Behaviour{"502", "", "", 502, http_status, "a proxy's page: bad gateway"},
    Behaviour{"503", "", "", 503, http_status, "a proxy's page: unavailable"},
    Behaviour{"504", "", "", 504, http_status, "a proxy's page: gateway timeout"},
    Behaviour{"reset", "", "", 0, deliver_as<Delivery::reset>, "half of the body, then RST"},
    Behaviour{"cut", "", "", 0, deliver_as<Delivery::cut>, "half of the body, then FIN"},
    Behaviour{"trickle", "", "", 0, deliver_as<Delivery::trickle>, "40 bytes a second"},
    Behaviour{"hang", "", "", 0, deliver_as<Delivery::hang>, "half of the body, then nothing"},
    Behaviour{"endless", "", "", 0, deliver_as<Delivery::endless>, "a body without an end"},
    Behaviour{"truncated", "", "", 0, truncated, "two thirds of the JSON text, HTTP all right"},
    Behaviour{"html", "", "", 0, html, "HTTP 200 with a page"},
    Behaviour{"empty", "", "", 0, empty, "HTTP 200 with no body"},
    Behaviour{"wrong-id", "", "", 0, wrong_id, "the answer to another call"},
    Behaviour{"slow", "", "ms", 1000, slow, "so much later than usual"},
    Behaviour{"behind", "", "by", 42, behind, "-32005: the node is behind"},
    Behaviour{"null-block", kBlock, "", 0, null_block, "result null"},
    Behaviour{"skip-lie", kBlock, "code", -32007, skip_lie, "-32007 or -32009 for any slot"},
    Behaviour{"unavailable", kBlock, "", 0, unavailable, "-32004 for any slot"},
    Behaviour{"internal", kBlock, "", 0, internal, "-32603"},
    Behaviour{"busy", kBlock, "", 0, busy, "-32001 that means the node is busy"},
    Behaviour{"credits", kBlock, "of", 600, credits, "a limit told with code -32003"},
    Behaviour{"error-text", kBlock, "", 0, error_text, "an error that is a string"},
    Behaviour{"no-method", "getBlocks", "", 0, no_method, "-32601"},
    Behaviour{"redirect", "", "status", 301, redirect, "to another URL"},
    Behaviour{"long-term", kBlock, "", 0, long_term, "-32019"},
    Behaviour{"bad-link", kForks, "fork", 1, bad_link, "the slot's block on another fork"},
    Behaviour{"wrong-parent", "getBlock", "slot", 0, wrong_parent,
              "it names that slot as its parent's"},
    Behaviour{"omit", kRanges, "", 0, omit, "the slots are left out", true},
    Behaviour{"poison", kLedgers, "trailing", 0, poison,
              "Stellar: ledgers of a version that is none, or with bytes behind them", true},
    Behaviour{"time-limit", "", "", 0, time_limit, "-32001: Stellar's limit for a request"},
    Behaviour{"queue-full", "", "", 0, queue_full, "-32603: Stellar's queue of a method is full"},
    Behaviour{"unhealthy", "getHealth", "s", 62, unhealthy, "-32603: Stellar's node lags"},
    Behaviour{"tip-back", kTip, "by", 10, tip_back, "the tip lies further back"},
    Behaviour{"first-told", "getFirstAvailableBlock", "as", 1'000'000'000, tip_told,
              "a first block that is not the node's own"},
    Behaviour{"oldest-told", "getHealth", "as", 1'000'000'000, oldest_told,
              "Stellar: an oldest ledger that is not the node's own"},
    Behaviour{"tip-told", "getSlot", "as", 1'000'000'000'000'000, tip_told,
              "a tip that is not the node's own"},
};

}  // namespace

bool Behaviour::concerns(std::string_view method) const {
    if (methods.empty()) return true;
    return fmt::format(" {} ", methods).find(fmt::format(" {} ", method)) != std::string::npos;
}

Behaviour const* find_behaviour(std::string_view name) {
    auto const* const found = std::find_if(kBehaviours.begin(), kBehaviours.end(),
                                           [&](Behaviour const& b) { return b.name == name; });
    return found == kBehaviours.end() ? nullptr : found;
}

std::string behaviours_help() {
    std::string help;
    for (Behaviour const& b : kBehaviours) {
        auto const key = b.key.empty() ? "" : fmt::format("{}={}", b.key, b.value);
        help += fmt::format("  {:<12} {:<14} {}\n", b.name, key, b.help);
    }
    return help;
}

}  // namespace indexer::simulator
