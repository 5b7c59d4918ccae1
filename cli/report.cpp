#include "cli/report.hpp"

#include <chrono>
#include <cstdio>
#include <string>

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "cli/advice.hpp"
#include "cli/chain.hpp"
#include "cli/text.hpp"
#include "pipeline/ranges.hpp"

namespace indexer::cli {
namespace {

// Gaps named one by one in text; `indexer status` counts the rest.
constexpr std::size_t kGapsShown = 10;
constexpr std::size_t kReasonsShown = 3;

template <class Counts>
void add_counts(base::JsonWriter& json, Counts const& counts) {
    json.begin_object();
    for (auto const& [table, rows] : counts) json.member(table, rows);
    json.end_object();
}

void add_quarantined(base::JsonWriter& json, std::vector<pipeline::Quarantined> const& endpoints) {
    json.begin_array();
    for (pipeline::Quarantined const& one : endpoints) {
        json.begin_object()
            .member("endpoint", one.endpoint)
            .member("reason", one.reason)
            .end_object();
    }
    json.end_array();
}

void add_unreplaced(base::JsonWriter& json, std::vector<pipeline::Unreplaced> const& all) {
    json.begin_array();
    for (pipeline::Unreplaced const& kept : all) {
        json.begin_object()
            .member("first", kept.seqs.begin.value())
            .member("last", kept.seqs.last().value())
            .member("blocks", kept.blocks)
            .member("reason", kept.reason)
            .end_object();
    }
    json.end_array();
}

void add_replaced(base::JsonWriter& json, std::vector<pipeline::Replaced> const& replaced) {
    json.begin_array();
    for (pipeline::Replaced const& one : replaced) {
        json.begin_object()
            .member("first", one.range.begin.value())
            .member("last", one.range.last().value())
            .member("before", one.before)
            .member("now", one.now)
            .end_object();
    }
    json.end_array();
}

std::string ending(pipeline::Report const& report) {
    if (report.complete()) return "complete";
    return report.stopped ? "stopped; run the same command to do the rest" : "not complete";
}

std::string missing_text(pipeline::Report const& report) {
    if (report.missing.empty()) return {};
    auto text = fmt::format("missing: {} in {}:", counted(report.missing_seqs(), "seq"),
                            counted(report.missing.size(), "gap"));
    for (std::size_t gap = 0; gap < std::min(report.missing.size(), kGapsShown); ++gap) {
        text += " " + range_text(report.missing[gap]);
    }
    if (report.missing.size() > kGapsShown) text += " …";
    return text + "\n";
}

// What was said of the first gaps, and where the rest can be read.
std::string why_text(store::Dataset const& dataset, pipeline::Report const& report) {
    std::string text;
    std::size_t told = 0;
    for (store::Gap const& gap : report.explained) {
        if (gap.causes.empty() || told == kReasonsShown) continue;
        ++told;
        text += fmt::format("why: {}: {}\n", range_text(gap.seqs), gap.causes.front().error);
    }
    if (text.empty()) return {};
    auto const position = position_name(dataset.chain);
    return text + fmt::format("each with its reason: indexer gaps --from-{} {} --to-{} {}\n",
                              position, report.range.begin.value(), position,
                              report.range.last().value());
}

std::string waiting_text(store::Waiting const& waiting) {
    if (waiting.seqs == 0) return {};
    return fmt::format("not due: {}, the first at {}; --now asks for them, too\n",
                       counted(waiting.seqs, "seq"), waiting.next_try_at);
}

void add_waiting(base::JsonWriter& json, store::Waiting const& waiting) {
    json.member("not_due", waiting.seqs).member("next_try_at", waiting.next_try_at);
}

std::string report_text(store::Dataset const& dataset, pipeline::Report const& report) {
    auto const& totals = report.totals;
    auto text = fmt::format("{} {}: {}\n", dataset.chain, range_text(report.range), ending(report));
    text += fmt::format("{} · {} · {}", counted(totals.blocks, "block"),
                        counted(totals.transactions, "transaction"), elapsed_text(report.elapsed));
    for (auto const& [table, rows] : totals.rows) {
        text += fmt::format("\n{}: {}, {} new or changed", table, counted(rows, "row"),
                            grouped(totals.changed.at(table)));
    }
    text += "\n" + missing_text(report) + why_text(dataset, report) + waiting_text(report.waiting);
    for (pipeline::Replaced const& one : report.replaced) {
        text += fmt::format("replaced: {}: {} by {} better proven\n", range_text(one.range),
                            counted(one.before, "stored block"), grouped(one.now));
    }
    for (pipeline::Quarantined const& one : report.quarantined) {
        text += fmt::format("quarantined: {}: {}\n", one.endpoint, one.reason);
    }
    for (pipeline::Unreplaced const& kept : report.unreplaced) {
        text += fmt::format("not replaced: {} ({}): {}\n", range_text(kept.seqs),
                            counted(kept.blocks, "block"), kept.reason);
    }
    if (report.unknown_states > 0) {
        text +=
            fmt::format("unknown: {} whose block was replaced (indexer repair looks for them)\n",
                        counted(report.unknown_states, "state"));
    }
    return text + dead_letters_text(report.dead_letters, dataset, report.range);
}

std::string report_json(store::Dataset const& dataset, pipeline::Report const& report) {
    auto const& totals = report.totals;
    auto const elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(report.elapsed);
    base::JsonWriter json;
    json.begin_object()
        .member("chain", dataset.chain)
        .member("content", dataset.content)
        .member("first", report.range.begin.value())
        .member("last", report.range.last().value())
        .member("complete", report.complete())
        .member("stopped", report.stopped)
        .member("planned", report.planned)
        .member("fetched", totals.fetched)
        .member("unavailable", totals.unavailable)
        .member("bytes", totals.bytes)
        .member("blocks", totals.blocks)
        .member("transactions", totals.transactions)
        .member("groups", totals.groups)
        .member("write_retries", totals.write_retries)
        .member("dead_letters", report.dead_letters)
        .member("unknown_states", report.unknown_states)
        .member("elapsed_ms", std::int64_t{elapsed.count()});
    add_waiting(json, report.waiting);
    add_counts(json.key("rows"), totals.rows);
    add_counts(json.key("changed"), totals.changed);
    add_ranges(json.key("missing"), report.missing);
    add_replaced(json.key("replaced"), report.replaced);
    add_quarantined(json.key("quarantined"), report.quarantined);
    add_unreplaced(json.key("unreplaced"), report.unreplaced);
    json.end_object();
    return std::move(json).text() + "\n";
}

}  // namespace

void add_ranges(base::JsonWriter& json, std::vector<base::SeqRange> const& ranges) {
    json.begin_array();
    for (base::SeqRange const& range : ranges) {
        json.begin_object()
            .member("first", range.begin.value())
            .member("last", range.last().value())
            .end_object();
    }
    json.end_array();
}

ExitCode exit_code_for(pipeline::Report const& report) noexcept {
    // Stopped comes first: what is missing then was not given up.
    if (report.stopped) return ExitCode::stopped;
    return report.complete() ? ExitCode::complete : ExitCode::incomplete;
}

void print_plan(base::SeqRange range, std::vector<base::SeqRange> const& plan,
                config::OutputFormat format, store::Waiting const& waiting) {
    if (format == config::OutputFormat::json) {
        base::JsonWriter json;
        json.begin_object()
            .member("first", range.begin.value())
            .member("last", range.last().value())
            .member("planned", pipeline::seqs_in(plan));
        add_waiting(json, waiting);
        add_ranges(json.key("ranges"), plan);
        json.end_object();
        fmt::print("{}\n", json.text());
        return;
    }
    fmt::print("would fetch {} of {}\n", grouped(pipeline::seqs_in(plan)),
               counted(range.size(), "seq"));
    for (base::SeqRange const& part : plan) fmt::print("{}\n", range_text(part));
    fmt::print("{}", waiting_text(waiting));
}

void print_report(store::Dataset const& dataset, pipeline::Report const& report,
                  config::OutputFormat format) {
    auto const text = format == config::OutputFormat::json ? report_json(dataset, report)
                                                           : report_text(dataset, report);
    print_lines(text);
}

}  // namespace indexer::cli
