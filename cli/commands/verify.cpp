#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/json_writer.hpp"
#include "chains.hpp"
#include "cli/advice.hpp"
#include "cli/commands.hpp"
#include "cli/database.hpp"
#include "cli/range.hpp"
#include "cli/report.hpp"
#include "cli/text.hpp"
#include "store/block_view.hpp"
#include "store/gaps.hpp"
#include "store/snapshot.hpp"
#include "store/statistics.hpp"
#include "store/verifier.hpp"

namespace indexer::cli {
namespace {

// Findings named one by one in text; JSON has them all.
constexpr std::size_t kFindingsShown = 100;
// Sessions that share the work; each keeps a core of the server busy.
constexpr std::size_t kSessions = 4;

struct ContentVerification {
    store::Dataset dataset;
    store::Verification outcome;
    Vouchers vouchers{};
    std::vector<store::Note> notes{};
};

using Verifications = std::vector<ContentVerification>;

void add_link(base::JsonWriter& json, std::string_view name, model::Link const& link) {
    json.key(name)
        .begin_object()
        .member("seq", link.seq.value())
        .member("hash", link.hash)
        .end_object();
}

void add_certificate(base::JsonWriter& json, store::Certificate const& certificate) {
    json.member("first", certificate.seqs.begin.value())
        .member("last", certificate.seqs.last().value());
    add_link(json, "first_block", certificate.first);
    add_link(json, "last_block", certificate.last);
    json.member("blocks", certificate.blocks)
        .member("skipped", certificate.skipped)
        .member("witnessed", certificate.witnessed)
        .member("transactions", certificate.transactions);
    json.key("rows").begin_object();
    for (auto const& [table, rows] : certificate.rows) json.member(table, rows);
    json.end_object().key("states_checked").begin_array();
    for (std::string const& table : certificate.states) json.value(table);
    json.end_array().key("unchecked").begin_array();
    for (std::string const& table : certificate.unchecked) json.value(table);
    json.end_array()
        .member("decoder_versions", certificate.decoder_versions)
        .member("blocks_without_digests", certificate.without_digests)
        .member("blocks_not_told_apart", certificate.shared)
        .member("checked", certificate.checked)
        .member("at", certificate.at);
}

void add_finding(base::JsonWriter& json, store::Finding const& finding) {
    json.begin_object()
        .member("where", finding.where)
        .member("seq", finding.seq.value())
        .member("what", finding.what)
        .end_object();
}

std::string note_text(store::Note const& note) {
    return fmt::format("{} of {}", note.what, counted(note.count, note.of));
}

std::string verifications_json(std::string const& chain, Verifications const& all) {
    base::JsonWriter json;
    json.begin_object().member("chain", chain).key("contents").begin_array();
    for (auto const& [dataset, outcome, vouchers, notes] : all) {
        json.begin_object()
            .member("content", dataset.content)
            .member("proven", outcome.proven())
            .member("deep", outcome.deep)
            .member("by_hash", vouchers.by_hash)
            .member("by_word", vouchers.by_word);
        add_certificate(json, outcome.certificate);
        json.key("notes").begin_array();
        for (store::Note const& note : notes) {
            json.value(fmt::format("{}: {}", note.title, note_text(note)));
        }
        json.end_array();
        add_ranges(json.key("missing"), outcome.gaps);
        json.key("findings").begin_array();
        for (store::Finding const& finding : outcome.findings) add_finding(json, finding);
        json.end_array().end_object();
    }
    json.end_array().end_object();
    return std::move(json).text() + "\n";
}

std::string link_text(model::Link const& link) {
    return fmt::format("{} {}", link.seq.value(), link.hash);
}

std::string certificate_text(ContentVerification const& verified) {
    auto const& [dataset, outcome, vouchers, notes] = verified;
    auto const& certificate = outcome.certificate;
    std::vector<std::vector<std::string>> rows{
        {"content", dataset.content},
        {"first block", link_text(certificate.first)},
        {"last block", link_text(certificate.last)},
        {"blocks", fmt::format("{}, and {} proven to hold none", grouped(certificate.blocks),
                               counted(certificate.skipped, "seq"))},
        {"transactions", grouped(certificate.transactions)}};
    for (auto const& [table, count] : certificate.rows) {
        rows.push_back({table, counted(count, "row")});
    }
    for (std::string const& table : certificate.states) {
        rows.push_back({table, "each state by its digest, and that it is the one to be kept"});
    }
    for (std::string const& table : certificate.unchecked) {
        rows.push_back(
            {table, verified.outcome.deep
                        ? "not checked: it is not noted of every block which states it set (of "
                          "older ones indexer reindex notes it)"
                        : "not checked: it holds one state of each thing; --deep does"});
    }
    if (!certificate.decoder_versions.empty()) {
        rows.push_back({"decoder", "version " + certificate.decoder_versions});
    }
    add_vouchers(rows, vouchers);
    for (store::Note const& note : notes) rows.push_back({note.title, note_text(note)});
    if (certificate.witnessed > 0) {
        rows.push_back({"witnessed", fmt::format("{} served alike by two endpoints or more",
                                                 counted(certificate.witnessed, "block"))});
    }
    rows.push_back({"checked", std::string(certificate.checked)});
    rows.push_back({"at", certificate.at});
    return table_text(rows);
}

// A table is named with its schema.
bool is_about_rows(store::Finding const& finding) {
    return finding.where.find('.') != std::string::npos;
}

std::uint64_t dead_letters_in(store::Findings const& findings) {
    return static_cast<std::uint64_t>(std::count_if(
        findings.begin(), findings.end(),
        [](store::Finding const& finding) { return finding.where == store::kDeadLetter; }));
}

std::string problems_text(ContentVerification const& verified) {
    auto const& [dataset, outcome, vouchers, notes] = verified;
    std::string text;
    for (base::SeqRange const& gap : outcome.gaps) {
        text += fmt::format("missing: {} ({})\n", range_text(gap), counted(gap.size(), "seq"));
    }
    for (std::size_t n = 0; n < std::min(outcome.findings.size(), kFindingsShown); ++n) {
        auto const& finding = outcome.findings[n];
        auto const seq = finding.seq == base::Seq(0) ? "" : fmt::format(" {}", finding.seq.value());
        text += fmt::format("{}{}: {}\n", finding.where, seq, finding.what);
    }
    if (outcome.findings.size() > kFindingsShown) {
        text += fmt::format("and {} more\n", grouped(outcome.findings.size() - kFindingsShown));
    }
    auto const& certificate = outcome.certificate;
    auto const again = command_for("reindex", dataset, certificate.seqs);
    if (std::any_of(outcome.findings.begin(), outcome.findings.end(), is_about_rows)) {
        text += fmt::format("rows are written anew by: {}\n", again);
    }
    text += dead_letters_text(dead_letters_in(outcome.findings), dataset, certificate.seqs);
    if (outcome.deep && certificate.without_digests > 0) {
        text += fmt::format("{} written before digests were noted; they are noted by: {}\n",
                            counted(certificate.without_digests, "block"), again);
    }
    if (outcome.deep && certificate.shared > 0) {
        text += fmt::format(
            "{} of several contents at once, written before it was noted which rows are whose; it "
            "is noted by: {}\n",
            counted(certificate.shared, "block"), again);
    }
    return text;
}

std::string verifications_text(std::string const& chain, Verifications const& all) {
    if (all.empty()) return chain + ": nothing is stored yet\n";
    std::string text;
    for (ContentVerification const& verified : all) {
        auto const& outcome = verified.outcome;
        text += fmt::format("{} {}: {}\n{}{}", chain, range_text(outcome.certificate.seqs),
                            outcome.proven() ? "proven" : "not proven", certificate_text(verified),
                            problems_text(verified));
    }
    return text;
}

Verifications verify_view(config::Options const& options, std::stop_token stop) {
    auto sessions = open_readers(options, "verify", 1, stop);
    store::BlockView view(sessions.front(), options.chain, options.view);
    auto const extent = view.extent(stop);
    if (!extent) return {};
    store::Dataset const dataset{.chain = options.chain, .content = content_of_view(options)};
    return {{dataset, view.verify(part_of(*extent, options), stop)}};
}

Verifications verify_all(config::Options const& options, std::stop_token stop) {
    auto sessions = open_readers(options, "verify", kSessions, stop);
    store::Snapshot snapshot(sessions, stop);
    auto const description = describe(options.chain);
    Verifications all;
    for (store::Extent const& extent : store::extents(snapshot.session(), options.chain, stop)) {
        store::Dataset const dataset{.chain = options.chain, .content = extent.content};
        store::Verifier verifier(snapshot, dataset, description.tables, description.checks);
        auto const part = part_of(extent.seqs, options);
        all.push_back({dataset, verifier.run(part, options.deep, stop),
                       vouchers(options.chain, extent.content),
                       store::notes(snapshot.session(), description.notes, part, stop)});
    }
    snapshot.end(stop);
    return all;
}

}  // namespace

ExitCode verify(config::Options const& options, std::stop_token stop) {
    check_range(options);
    auto const all =
        options.view.empty() ? verify_all(options, stop) : verify_view(options, std::move(stop));
    bool proven = !all.empty();
    for (ContentVerification const& verified : all) proven = proven && verified.outcome.proven();
    bool const as_json = options.output == config::OutputFormat::json;
    print_lines(as_json ? verifications_json(options.chain, all)
                        : verifications_text(options.chain, all));
    return proven ? ExitCode::complete : ExitCode::incomplete;
}

}  // namespace indexer::cli
