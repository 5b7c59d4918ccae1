#include "store/gaps.hpp"

#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "cli/advice.hpp"
#include "cli/commands.hpp"
#include "cli/database.hpp"
#include "cli/range.hpp"
#include "cli/text.hpp"
#include "store/block_view.hpp"
#include "store/dead_letters.hpp"

namespace indexer::cli {
namespace {

struct ContentGaps {
    std::string content;
    base::SeqRange range;
    std::vector<store::Gap> gaps;
    std::vector<store::KeptLetter> letters{};

    [[nodiscard]] bool complete() const noexcept { return gaps.empty() && letters.empty(); }
    [[nodiscard]] std::uint64_t seqs() const {
        std::uint64_t sum = 0;
        for (store::Gap const& gap : gaps) sum += gap.seqs.size();
        return sum;
    }
};

std::vector<ContentGaps> gaps_of_view(pg::Pool& pool, config::Options const& options,
                                      std::stop_token stop) {
    auto const lease = pool.acquire(stop);
    store::BlockView view(*lease, options.chain, options.view);
    auto const extent = view.extent(stop);
    if (!extent) return {};
    auto const range = part_of(*extent, options);
    return {{content_of_view(options), range, view.gaps(range, stop)}};
}

std::vector<ContentGaps> read_gaps(config::Options const& options, std::stop_token stop) {
    auto pool = open_database(options, "gaps", stop);
    if (!options.view.empty()) return gaps_of_view(pool, options, stop);
    std::vector<ContentGaps> all;
    for (store::Extent const& extent : store::extents(*pool.acquire(stop), options.chain, stop)) {
        auto const range = part_of(extent.seqs, options);
        store::Dataset const dataset{.chain = options.chain, .content = extent.content};
        all.push_back({extent.content, range, store::explain_gaps(pool, dataset, range, stop),
                       store::list_dead_letters(pool, dataset, range, stop)});
    }
    return all;
}

void add_cause(base::JsonWriter& json, store::Cause const& cause) {
    json.begin_object()
        .member("reason", cause.reason)
        .member("seqs", cause.seqs)
        .member("attempts", cause.attempts)
        .member("next_try_at", cause.next_try_at)
        .member("endpoint", cause.endpoint)
        .member("error", cause.error)
        .end_object();
}

void add_content(base::JsonWriter& json, ContentGaps const& content) {
    json.begin_object()
        .member("content", content.content)
        .member("first", content.range.begin.value())
        .member("last", content.range.last().value())
        .member("missing", content.seqs());
    json.key("gaps").begin_array();
    for (store::Gap const& gap : content.gaps) {
        json.begin_object()
            .member("first", gap.seqs.begin.value())
            .member("last", gap.seqs.last().value())
            .member("seqs", gap.seqs.size());
        json.key("causes").begin_array();
        for (store::Cause const& cause : gap.causes) add_cause(json, cause);
        json.end_array().end_object();
    }
    json.end_array().key("dead_letters").begin_array();
    for (store::KeptLetter const& letter : content.letters) {
        json.begin_object()
            .member("id", letter.id)
            .member("seq", letter.seq.value())
            .member("path", letter.path)
            .member("error", letter.error)
            .end_object();
    }
    json.end_array().end_object();
}

std::string letters_text(std::string const& chain, ContentGaps const& content) {
    std::string text;
    for (store::KeptLetter const& letter : content.letters) {
        text += fmt::format("dead letter {}: {}: {}\n", letter.seq.value(),
                            letter.path.empty() ? "the whole block" : letter.path, letter.error);
    }
    store::Dataset const dataset{.chain = chain, .content = content.content};
    return text + dead_letters_text(content.letters.size(), dataset, content.range);
}

std::string gaps_json(std::string const& chain, std::vector<ContentGaps> const& all) {
    base::JsonWriter json;
    json.begin_object().member("chain", chain).key("contents").begin_array();
    for (ContentGaps const& content : all) add_content(json, content);
    json.end_array().end_object();
    return std::move(json).text() + "\n";
}

std::string missing_text(ContentGaps const& content) {
    if (content.gaps.empty()) return "no seq is missing";
    return fmt::format("{} missing in {}", counted(content.seqs(), "seq"),
                       counted(content.gaps.size(), "gap"));
}

std::string gaps_text(std::string const& chain, std::vector<ContentGaps> const& all) {
    if (all.empty()) return chain + ": nothing is stored yet\n";
    std::string text;
    for (ContentGaps const& content : all) {
        text += fmt::format("{} {}: {} ({})\n", chain, range_text(content.range),
                            missing_text(content), content.content);
        std::vector<std::vector<std::string>> rows;
        if (!content.gaps.empty()) rows = {{"gap", "seqs", "reason", "attempts", "next", "error"}};
        for (store::Gap const& gap : content.gaps) {
            auto const range = range_text(gap.seqs);
            if (gap.causes.empty()) {
                rows.push_back({range, grouped(gap.seqs.size()), "not asked for"});
            }
            for (store::Cause const& cause : gap.causes) {
                rows.push_back({range, grouped(cause.seqs), cause.reason, grouped(cause.attempts),
                                cause.next_try_at, cause.error});
            }
        }
        text += table_text(rows) + letters_text(chain, content);
    }
    return text;
}

}  // namespace

ExitCode gaps(config::Options const& options, std::stop_token stop) {
    check_range(options);
    auto const all = read_gaps(options, std::move(stop));
    bool complete = true;
    for (ContentGaps const& content : all) complete = complete && content.complete();
    bool const as_json = options.output == config::OutputFormat::json;
    print_lines(as_json ? gaps_json(options.chain, all) : gaps_text(options.chain, all));
    return complete ? ExitCode::complete : ExitCode::incomplete;
}

}  // namespace indexer::cli
