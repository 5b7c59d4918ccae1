#include "observe/pages.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

#include "base/json_writer.hpp"

namespace indexer::observe {
namespace {

constexpr auto kTextFormat = "text/plain; version=0.0.4; charset=utf-8";

template <class Value>
void add(base::JsonWriter& json, char const* name, std::optional<Value> const& value) {
    json.key(name);
    value ? json.value(*value) : json.null();
}

std::optional<std::uint64_t> number(std::optional<base::Seq> seq) {
    return seq ? std::optional(seq->value()) : std::nullopt;
}

std::optional<std::int64_t> watermark(Standing const& standing) {
    if (!standing.vitals) return std::nullopt;
    return static_cast<std::int64_t>(standing.vitals->next.value()) - 1;
}

void add_standing(base::JsonWriter& json, Standing const& standing) {
    add(json, "watermark", watermark(standing));
    add(json, "tip", number(standing.tip));
    add(json, "lag", standing.lag);
}

Page json_page(bool well, base::JsonWriter json) {
    return {well ? 200 : 503, "application/json", std::move(json).text() + "\n"};
}

// As indexer_breaker_state numbers them.
char const* breaker_state(double gauge) {
    if (gauge == 0) return "closed";
    return gauge == 1 ? "half-open" : "open";
}

void add_breakers(base::JsonWriter& json, Metrics const& metrics) {
    json.key("breakers").begin_array();
    for (auto const& [labels, gauge] : metrics.gauges<2>("indexer_breaker_state")) {
        json.begin_object()
            .member("endpoint", labels[0])
            .member("method", labels[1])
            .member("state", breaker_state(gauge))
            .end_object();
    }
    json.end_array();
}

Page health_page(Standing const& standing, Metrics const& metrics) {
    base::JsonWriter json;
    json.begin_object()
        .member("healthy", standing.healthy)
        .member("status", summary(standing))
        .member("breaker_closed", standing.breaker_closed)
        .member("database_reachable", standing.database_reachable)
        .member("progressing", standing.progressing)
        .member("last_progress_seconds",
                std::chrono::duration<double>(standing.progress_age).count());
    add_standing(json, standing);
    add_breakers(json, metrics);
    json.key("counters").begin_object();
    for (auto const& [name, total] : metrics.totals()) json.member(name, total);
    json.end_object().end_object();
    return json_page(standing.healthy, std::move(json));
}

Page ready_page(Standing const& standing) {
    base::JsonWriter json;
    json.begin_object().member("ready", standing.ready);
    add_standing(json, standing);
    json.end_object();
    return json_page(standing.ready, std::move(json));
}

}  // namespace

std::map<std::string, HttpServer::MakePage> pages(Metrics const& metrics, Health const& health) {
    return {
        {"/metrics",
         [&] {
             return Page{200, kTextFormat, metrics.text()};
         }},
        {"/health", [&] { return health_page(health.standing(), metrics); }},
        {"/ready", [&] { return ready_page(health.standing()); }},
    };
}

}  // namespace indexer::observe
