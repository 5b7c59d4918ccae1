#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/json_writer.hpp"
#include "base/number.hpp"
#include "chains.hpp"
#include "cli/commands.hpp"
#include "cli/memory.hpp"
#include "cli/text.hpp"
#include "observe/metrics.hpp"
#include "rpc/client.hpp"
#include "source/source.hpp"

namespace indexer::cli {
namespace {

using Probes = std::vector<source::Probe>;
using Protocol = std::optional<source::Protocol>;

double milliseconds(source::Probe const& probe) {
    return std::chrono::duration<double, std::milli>(probe.latency).count();
}

void print_json(std::string const& chain, Probes const& probes, Protocol const& protocol) {
    base::JsonWriter json;
    auto const seq = [&json](char const* key, std::optional<base::Seq> value) {
        json.key(key);
        value ? json.value(value->value()) : json.null();
    };
    json.begin_object().member("chain", chain);
    if (protocol) json.member("known_protocol", protocol->known);
    json.key("endpoints").begin_array();
    for (source::Probe const& probe : probes) {
        json.begin_object().member("endpoint", probe.endpoint);
        seq("tip", probe.tip);
        seq("first", probe.first);
        auto const whole = static_cast<std::uint64_t>(milliseconds(probe));
        json.member("latency_ms", whole).member("version", probe.version);
        json.key("protocol");
        probe.protocol.empty() ? json.null() : json.value(probe.protocol);
        json.key("limits").begin_object();
        for (auto const& [name, value] : probe.limits) json.member(name, value);
        json.end_object().key("error");
        probe.error.empty() ? json.null() : json.value(probe.error);
        json.end_object();
    }
    json.end_array().end_object();
    fmt::print("{}\n", json.text());
}

// The names without what all of them begin with: "rps-limit 100, method-limit 5".
std::string limits_text(source::Probe const& probe) {
    constexpr std::string_view kPrefix = "x-ratelimit-";
    std::string text;
    for (auto const& [name, value] : probe.limits) {
        if (!text.empty()) text += ", ";
        text += name.starts_with(kPrefix) ? name.substr(kPrefix.size()) : name;
        text += " " + value;
    }
    return text;
}

std::string or_dash(std::string const& text) {
    return text.empty() ? "-" : text;
}

std::string seq_text(std::optional<base::Seq> seq) {
    return seq ? std::to_string(seq->value()) : "-";
}

// What a text begins with; 0 where that is no number.
std::uint64_t leading_number(std::string_view text) {
    return base::whole_number<std::uint64_t>(text.substr(0, text.find('.'))).value_or(0);
}

// Versions of a chain's software begin with the newest protocol that they can run, which networks
// vote for weeks later.
std::string warnings(Probes const& probes, source::Protocol const& protocol) {
    std::string text;
    for (source::Probe const& probe : probes) {
        auto const runs = leading_number(probe.protocol);
        auto const can_run = leading_number(probe.version);
        if (std::max(runs, can_run) <= protocol.known) continue;
        bool const now = runs > protocol.known;
        text += fmt::format(
            "{}: {} protocol {}, newer than {}, the newest that this version of "
            "indexer knows: upgrade indexer{}\n",
            probe.endpoint, now ? "its ledgers are of" : "its software can run",
            now ? runs : can_run, protocol.known, now ? "" : " before the network does");
    }
    return text;
}

void print_text(Probes const& probes, Protocol const& protocol) {
    std::vector<std::vector<std::string>> rows{
        {"endpoint", "tip", "first", "latency", "version", "protocol", "limits", "error"}};
    for (source::Probe const& probe : probes) {
        rows.push_back({probe.endpoint, seq_text(probe.tip), seq_text(probe.first),
                        fmt::format("{:.0f} ms", milliseconds(probe)), or_dash(probe.version),
                        or_dash(probe.protocol), or_dash(limits_text(probe)), probe.error});
    }
    print_lines(table_text(rows));
    if (protocol) print_lines(warnings(probes, *protocol));
}

}  // namespace

ExitCode endpoints(config::Options const& options, std::stop_token stop) {
    auto rpc = options.rpc;
    rpc.max_attempts = 1;  // what it is like now, not after some tries
    observe::Metrics unseen({});
    base::MemoryBudget memory(memory_for_work(options));
    rpc::Client client(rpc, options.breaker, base::steady_clock(), unseen, memory);
    auto const source = make_source(options, &client, base::steady_clock(), memory);
    auto const probes = source->probe(std::move(stop));
    options.output == config::OutputFormat::json
        ? print_json(options.chain, probes, source->protocol())
        : print_text(probes, source->protocol());
    bool const any = std::any_of(probes.begin(), probes.end(),
                                 [](source::Probe const& probe) { return probe.error.empty(); });
    return any ? ExitCode::complete : ExitCode::endpoint;
}

}  // namespace indexer::cli
