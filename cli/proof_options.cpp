#include <charconv>
#include <string>

#include "cli/option_group.hpp"
#include "cli/options.hpp"

namespace indexer::cli {
namespace {

// "0.5%" as 0.005. Throws CLI::ValidationError in the option's name.
double to_share(std::string const& option, std::string const& text) {
    double percent = 0;
    auto const* const end = text.data() + text.size();
    auto const [rest, error] = std::from_chars(text.data(), end, percent);
    bool const whole = error == std::errc{} && rest + 1 == end && *rest == '%';
    if (whole && percent > 0 && percent <= 100) return percent / 100;
    throw CLI::ValidationError(option, text + " is not a share like 1% or 0.05%");
}

}  // namespace

void add_part_options(CLI::App& app, config::Options& options) {
    Group(app, "Range")
        .ends(options, "First {}; else the first one that is stored.",
              "Last {}, itself included; else the last one that is stored.");
}

void add_verify_options(CLI::App& app, config::Options& options) {
    auto* const view = app.get_option("--view");
    Group(app, "Verifying")
        .flag("--deep", options.deep,
              "Read every row, too, and compare its digest with that of what was written.")
        ->excludes(view);
}

void add_view_option(CLI::App& app, config::Options& options) {
    Group(app, "Tables of another tool")
        .option("--view", options.view,
                "Of the blocks that this view shows, rather than our own: seq, hash, parent_seq, "
                "parent_hash.",
                "NAME");
}

void add_audit_options(CLI::App& app, config::Options& options) {
    Group group(app, "Auditing");
    config::Audit& audit = options.audit;
    group
        .parsed<std::string>(
            "--against", [&audit](std::string const& url) { audit.against = base::Secret(url); },
            "JSON-RPC endpoint to compare with; one that the rows did not come from.", "URL")
        ->required()
        ->envname("INDEXER_AUDIT_URL");
    group
        .parsed<std::string>(
            "--sample",
            [&audit](std::string const& text) { audit.share = to_share("--sample", text); },
            "Share of the seqs that is compared, as 1% or 0.05%.", "PERCENT")
        ->default_str("1%");
}

void add_agreement_options(CLI::App& app, config::Options& options) {
    Group group(app, "Agreement of endpoints");
    config::Agreement& agreement = options.agreement;
    group.number("--agree", agreement.agree, 1, 100,
                 "Endpoints that must serve a block alike before it is stored; every block is "
                 "asked of all of them.");
    group.parsed<std::string>(
        "--audit",
        [&agreement](std::string const& text) { agreement.audited = to_share("--audit", text); },
        "Share of the blocks, as 1% or 0.05%, that is asked of all endpoints and stored only where "
        "they do not contradict one another.",
        "PERCENT");
}

void add_reindex_options(CLI::App& app, config::Options& options) {
    Group range(app, "Range");
    range.ends(options, "First {} to write again.",
               "Last {} to write again, itself included; else the tip.");
    range.flag("--dry-run", options.dry_run, "Print what would be fetched; write nothing.");
}

void add_repair_options(CLI::App& app, config::Options& options) {
    Group group(app, "Repairing");
    group.flag("--now", options.repair.now, "Ask for holes whose next attempt is not due, too.");
    group.flag("--dry-run", options.dry_run, "Print what would be fetched; write nothing.");
    group.duration("--hole-backoff", options.repair.hole_backoff,
                   "Time until a hole is due again; it doubles with each attempt.");
    group.duration("--max-hole-backoff", options.repair.max_hole_backoff, "Longest such time.");
}

void add_dead_letter_options(CLI::App& app, config::Options& options) {
    Group(app, "Which")
        .option("--id", options.dead_letter, "Its number.", "N")
        ->check(check_seq)
        ->required();
}

}  // namespace indexer::cli
