#include "pipeline/audit.hpp"

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/json_writer.hpp"
#include "cli/commands.hpp"
#include "cli/deadline.hpp"
#include "cli/range.hpp"
#include "cli/session.hpp"
#include "cli/text.hpp"

namespace indexer::cli {
namespace {

// The same options, with the other endpoint as the only one.
config::Options against_other(config::Options options) {
    config::Endpoint other;
    other.url = options.audit.against;
    options.rpc.endpoints.assign(1, other);
    return options;
}

std::vector<store::Segment> segments_of(Session& session, std::stop_token stop) {
    std::vector<store::Segment> own;
    auto const all =
        session.run().persistence()(stop, [&] { return session.coverage().segments(stop); });
    for (store::Segment const& segment : all) {
        if (segment.content == session.dataset().content) own.push_back(segment);
    }
    if (!own.empty()) return own;
    throw base::Error(
        base::Fault::usage, base::Recovery::never,
        "audit: nothing of this content is stored: " + session.dataset().content,
        "give the same --tables, --include-votes and filters as the run that wrote it");
}

// What an audit was about, and what came of it.
struct Outcome {
    std::string chain;
    base::SeqRange range;
    std::uint64_t stored;      // seqs of it
    std::string recounted_by;  // that was asked as well; empty: none
    pipeline::AuditReport report;
};

// Empty when blocks were compared.
std::string_view why_nothing(pipeline::AuditReport const& report) {
    if (report.compared > 0 || report.stopped) return {};
    if (report.sampled == 0) return "nothing of this range is stored";
    if (report.unavailable > 0) return "the endpoint has none of the blocks that were sampled";
    return "no block was among the seqs that were sampled";
}

std::string report_json(Outcome const& outcome) {
    auto const& report = outcome.report;
    base::JsonWriter json;
    json.begin_object()
        .member("chain", outcome.chain)
        .member("first", outcome.range.begin.value())
        .member("last", outcome.range.last().value())
        .member("stored", outcome.stored)
        .member("sampled", report.sampled)
        .member("compared", report.compared)
        .member("absent", report.absent)
        .member("unavailable", report.unavailable)
        .member("recounted_by", outcome.recounted_by)
        .member("recounted", report.recounted)
        .member("nothing_compared", why_nothing(report))
        .member("stopped", report.stopped);
    json.key("contradictions").begin_array();
    for (store::Difference const& difference : report.differences) {
        json.begin_object()
            .member("seq", difference.seq.value())
            .member("what", difference.what)
            .end_object();
    }
    json.end_array().end_object();
    return std::move(json).text() + "\n";
}

std::string report_text(Outcome const& outcome) {
    auto const& report = outcome.report;
    auto text = fmt::format(
        "{} {}: {} of {} sampled, {} compared, {} without a block there as here, {} not to be had "
        "there, {}\n",
        outcome.chain, range_text(outcome.range), grouped(report.sampled),
        counted(outcome.stored, "stored seq"), counted(report.compared, "block"),
        grouped(report.absent), grouped(report.unavailable),
        counted(report.differences.size(), "contradiction"));
    if (!outcome.recounted_by.empty()) {
        text += fmt::format("{} told of {} of these\n", outcome.recounted_by,
                            counted(report.recounted, "block"));
    }
    if (auto const why = why_nothing(report); !why.empty()) {
        text += fmt::format("nothing was compared: {}\n", why);
    }
    for (store::Difference const& difference : report.differences) {
        text += fmt::format("{}: {}\n", difference.seq.value(), difference.what);
    }
    return text;
}

// An audit that compared nothing is no success: either there is nothing here, or nothing there.
ExitCode code_of(pipeline::AuditReport const& report) {
    if (report.stopped) return ExitCode::stopped;
    if (!report.differences.empty()) return ExitCode::incomplete;
    if (report.compared > 0) return ExitCode::complete;
    return report.unavailable > 0 ? ExitCode::endpoint : ExitCode::incomplete;
}

}  // namespace

ExitCode audit(config::Options const& asked, std::stop_token user) {
    check_range(asked);
    Deadline const deadline(std::nullopt, std::move(user), asked.pipeline.stop_timeout);
    auto const stop = deadline.stop();
    auto const options = against_other(asked);
    Session session(options, "audit", stop);
    session.open_to_compare(stop);
    auto const segments = segments_of(session, stop);
    auto const range = part_of({segments.front().seqs.begin, segments.back().seqs.end}, options);
    auto const stored = pipeline::covered(segments, range);
    auto const seqs = pipeline::sample(stored, options.audit.share, std::random_device{}());
    pipeline::Audit audit(session.source(), session.coverage(), session.writer(), session.memory(),
                          session.run().persistence(), options.pipeline.concurrency);
    Outcome const outcome{options.chain, range, pipeline::seqs_in(stored),
                          std::string(session.source().recounted_by()), audit.run(seqs, stop)};
    bool const as_json = options.output == config::OutputFormat::json;
    print_lines(as_json ? report_json(outcome) : report_text(outcome));
    return code_of(outcome.report);
}

}  // namespace indexer::cli
