#include <optional>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/clock.hpp"
#include "base/json_writer.hpp"
#include "chains.hpp"
#include "cli/commands.hpp"
#include "cli/coverage_summary.hpp"
#include "cli/database.hpp"
#include "cli/memory.hpp"
#include "cli/range.hpp"
#include "cli/run_health.hpp"
#include "cli/text.hpp"
#include "rpc/client.hpp"
#include "store/statistics.hpp"

namespace indexer::cli {
namespace {

struct State {
    std::string chain;
    std::optional<base::Seq> tip;  // nothing: no endpoint was named, or none answered
    std::vector<CoverageSummary> contents;
    std::vector<store::HoleGroup> holes;
    std::uint64_t dead_letters = 0;
    std::vector<store::VersionCount> versions;
    int decoder_version = 0;  // of this program
    std::vector<store::TableSize> tables;
    std::optional<RunHealth> run;  // nothing: not asked for, or none answered
};

std::optional<base::Seq> tip_of(config::Options const& options, std::stop_token stop) {
    if (options.rpc.endpoints.empty()) return std::nullopt;
    try {
        observe::Metrics unseen({});
        base::MemoryBudget memory(memory_for_work(options));
        rpc::Client client(options.rpc, options.breaker, base::steady_clock(), unseen, memory);
        return make_source(options, &client, base::steady_clock(), memory)->tip(std::move(stop));
    } catch (base::Error const& error) {
        // What the database knows is worth showing without the tip.
        if (error.fault() != base::Fault::endpoint) throw;
        spdlog::warn("{}", error.what());
        return std::nullopt;
    }
}

State read_state(config::Options const& options, std::stop_token stop) {
    auto pool = open_database(options, "status", stop);
    store::Coverage coverage(pool, {.chain = options.chain, .content = {}});
    State state;
    state.chain = options.chain;
    state.contents = summarize(coverage.segments(stop));
    state.holes = coverage.holes(stop);
    state.dead_letters = coverage.dead_letters(base::kEverySeq, stop);
    state.versions = store::version_counts(pool, options.chain, stop);
    state.decoder_version = describe(options.chain).decoder_version;
    state.tables = store::table_sizes(pool, options.chain, stop);
    state.run = ask_run(options, stop);
    state.tip = tip_of(options, stop);
    return state;
}

std::uint64_t lag(base::Seq tip, base::Seq watermark) {
    return tip < watermark ? 0 : tip.value() - watermark.value();
}

void add_content(base::JsonWriter& json, std::string const& chain, CoverageSummary const& content,
                 std::optional<base::Seq> tip) {
    auto const vouched = vouchers(chain, content.content);
    json.begin_object()
        .member("content", content.content)
        .member("by_hash", vouched.by_hash)
        .member("by_word", vouched.by_word)
        .member("first", content.span.begin.value())
        .member("last", content.span.last().value())
        .member("watermark", content.watermark.value())
        .member("segments", content.segments)
        .member("blocks", content.blocks)
        .member("skipped", content.skipped)
        .member("transactions", content.transactions);
    json.key("lag");
    tip ? json.value(lag(*tip, content.watermark)) : json.null();
    json.key("gaps").begin_array();
    for (base::SeqRange const& gap : content.gaps) {
        json.begin_object()
            .member("first", gap.begin.value())
            .member("last", gap.last().value())
            .end_object();
    }
    json.end_array().end_object();
}

void add_hole_group(base::JsonWriter& json, store::HoleGroup const& group) {
    json.begin_object()
        .member("content", group.content)
        .member("reason", group.reason)
        .member("error", group.error)
        .member("seqs", group.seqs)
        .member("first", group.span.begin.value())
        .member("last", group.span.last().value())
        .end_object();
}

void add_versions(base::JsonWriter& json, State const& state) {
    json.member("decoder_version", state.decoder_version).key("decoded").begin_array();
    for (store::VersionCount const& count : state.versions) {
        json.begin_object()
            .member("content", count.content)
            .member("decoder_version", count.decoder_version)
            .member("blocks", count.blocks)
            .end_object();
    }
    json.end_array();
}

std::string state_json(State const& state) {
    base::JsonWriter json;
    json.begin_object().member("chain", state.chain).key("tip");
    state.tip ? json.value(state.tip->value()) : json.null();
    json.key("coverage").begin_array();
    for (CoverageSummary const& content : state.contents) {
        add_content(json, state.chain, content, state.tip);
    }
    json.end_array().key("holes").begin_array();
    for (store::HoleGroup const& group : state.holes) add_hole_group(json, group);
    json.end_array().member("dead_letters", state.dead_letters);
    add_versions(json, state);
    json.key("rows").begin_object();
    for (store::TableSize const& size : state.tables) json.member(size.table, size.rows);
    json.end_object().key("run");
    state.run ? json.raw(state.run->json) : json.null();
    json.end_object();
    return std::move(json).text() + "\n";
}

using Rows = std::vector<std::vector<std::string>>;

void add_content(Rows& rows, CoverageSummary const& content, std::optional<base::Seq> tip) {
    rows.push_back({"content", content.content});
    rows.push_back({"covered", fmt::format("{} in {}", range_text(content.span),
                                           counted(content.segments, "segment"))});
    rows.push_back({"blocks", fmt::format("{}, {} skipped, {}", grouped(content.blocks),
                                          grouped(content.skipped),
                                          counted(content.transactions, "transaction"))});
    std::string gaps = grouped(content.gaps.size());
    for (base::SeqRange const& gap : content.gaps) gaps += " " + range_text(gap);
    rows.push_back({"gaps", gaps});
    rows.push_back({"watermark", std::to_string(content.watermark.value())});
    if (tip) rows.push_back({"lag", grouped(lag(*tip, content.watermark))});
}

void add_run(Rows& rows, RunHealth const& run) {
    rows.push_back({"run", run.status});
    for (RunHealth::Breaker const& breaker : run.breakers) {
        rows.push_back(
            {"breaker", fmt::format("{} {}: {}", breaker.endpoint, breaker.method, breaker.state)});
    }
}

std::string state_text(State const& state) {
    Rows rows{{"chain", state.chain}};
    if (state.run) add_run(rows, *state.run);
    if (state.tip) rows.push_back({"tip", std::to_string(state.tip->value())});
    for (CoverageSummary const& content : state.contents) {
        add_content(rows, content, state.tip);
        add_vouchers(rows, vouchers(state.chain, content.content));
    }
    if (state.contents.empty()) rows.push_back({"covered", "nothing yet"});
    for (store::HoleGroup const& group : state.holes) {
        rows.push_back({"holes", fmt::format("{} in {}, {}: {}", counted(group.seqs, "seq"),
                                             range_text(group.span), group.reason, group.error)});
    }
    rows.push_back(
        {"dead letters", state.dead_letters == 0
                             ? "0"
                             : fmt::format("{}, whose rows are missing (indexer gaps tells which, "
                                           "indexer dead-letters retry tries them again)",
                                           grouped(state.dead_letters))});
    for (store::VersionCount const& count : state.versions) {
        bool const old = count.decoder_version < state.decoder_version;
        rows.push_back({"decoder", fmt::format("version {}{}: {}", count.decoder_version,
                                               old ? ", old (indexer reindex)" : "",
                                               counted(count.blocks, "block"))});
    }
    for (store::TableSize const& size : state.tables) {
        rows.push_back({state.chain + "." + size.table,
                        (size.estimated ? "about " : "") + counted(size.rows, "row")});
    }
    return table_text(rows);
}

}  // namespace

ExitCode status(config::Options const& options, std::stop_token stop) {
    auto const state = read_state(options, std::move(stop));
    print_lines(options.output == config::OutputFormat::json ? state_json(state)
                                                             : state_text(state));
    // A gap may be what nobody asked for; this is missing in what is said to be covered.
    return state.dead_letters == 0 ? ExitCode::complete : ExitCode::incomplete;
}

}  // namespace indexer::cli
