#include "pipeline/audit.hpp"

#include <random>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/json_writer.hpp"
#include "cli/commands.hpp"
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
    for (store::Segment const& segment : session.coverage().segments(std::move(stop))) {
        if (segment.content == session.dataset().content) own.push_back(segment);
    }
    if (!own.empty()) return own;
    throw base::Error(
        base::Fault::usage, base::Recovery::never,
        "audit: nothing of this content is stored: " + session.dataset().content,
        "give the same --tables, --include-votes and filters as the run that wrote it");
}

std::string report_json(std::string const& chain, pipeline::AuditReport const& report) {
    base::JsonWriter json;
    json.begin_object()
        .member("chain", chain)
        .member("sampled", report.sampled)
        .member("compared", report.compared)
        .member("unavailable", report.unavailable)
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

std::string report_text(std::string const& chain, pipeline::AuditReport const& report) {
    auto text = fmt::format("{}: {} sampled, {} compared, {} not to be had there, {}\n", chain,
                            counted(report.sampled, "seq"), grouped(report.compared),
                            grouped(report.unavailable),
                            counted(report.differences.size(), "contradiction"));
    for (store::Difference const& difference : report.differences) {
        text += fmt::format("{}: {}\n", difference.seq.value(), difference.what);
    }
    return text;
}

ExitCode code_of(pipeline::AuditReport const& report) {
    if (report.stopped) return ExitCode::stopped;
    return report.differences.empty() ? ExitCode::complete : ExitCode::incomplete;
}

}  // namespace

ExitCode audit(config::Options const& asked, std::stop_token stop) {
    check_range(asked);
    auto const options = against_other(asked);
    Session session(options, "audit", stop);
    session.open(stop);
    auto const segments = segments_of(session, stop);
    base::SeqRange const whole{segments.front().seqs.begin, segments.back().seqs.end};
    auto const seqs = pipeline::sample(segments, part_of(whole, options), options.audit.share,
                                       std::random_device{}());
    pipeline::Audit audit(session.source(), session.writer(), options.pipeline.concurrency);
    auto const report = audit.run(seqs, stop);
    bool const as_json = options.output == config::OutputFormat::json;
    fmt::print("{}",
               as_json ? report_json(options.chain, report) : report_text(options.chain, report));
    return code_of(report);
}

}  // namespace indexer::cli
