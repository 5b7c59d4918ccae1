#include "store/dead_letters.hpp"

#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/json_writer.hpp"
#include "cli/commands.hpp"
#include "cli/database.hpp"
#include "cli/deadline.hpp"
#include "cli/range.hpp"
#include "cli/session.hpp"
#include "cli/text.hpp"
#include "pipeline/retry_letters.hpp"

namespace indexer::cli {
namespace {

using Letters = std::vector<store::KeptLetter>;

base::JsonWriter& add_letter(base::JsonWriter& json, store::KeptLetter const& letter) {
    return json.begin_object()
        .member("id", letter.id)
        .member("content", letter.content)
        .member("seq", letter.seq.value())
        .member("path", letter.path)
        .member("stage", letter.stage)
        .member("error", letter.error)
        .member("endpoint", letter.endpoint)
        .member("decoder_version", letter.decoder_version)
        .member("bytes", letter.bytes)
        .member("created_at", letter.created_at);
}

void add_letters(base::JsonWriter& json, Letters const& letters) {
    json.begin_array();
    for (store::KeptLetter const& letter : letters) add_letter(json, letter).end_object();
    json.end_array();
}

std::string place_text(store::KeptLetter const& letter) {
    return letter.path.empty() ? "whole block" : letter.path;
}

std::string letters_text(Letters const& letters) {
    std::vector<std::vector<std::string>> rows{
        {"id", "seq", "where", "stage", "bytes", "decoder", "error"}};
    for (store::KeptLetter const& letter : letters) {
        rows.push_back({std::to_string(letter.id), std::to_string(letter.seq.value()),
                        place_text(letter), letter.stage, grouped(letter.bytes),
                        std::to_string(letter.decoder_version), letter.error});
    }
    return table_text(rows);
}

std::string next_text(config::Options const& options) {
    return fmt::format("they are tried again by: indexer dead-letters retry --chain {}\n",
                       options.chain);
}

std::string letter_text(store::KeptLetter const& letter) {
    auto text = table_text({{"id", std::to_string(letter.id)},
                            {"content", letter.content},
                            {"seq", std::to_string(letter.seq.value())},
                            {"where", place_text(letter)},
                            {"stage", letter.stage},
                            {"error", letter.error},
                            {"endpoint", letter.endpoint},
                            {"decoder", "version " + std::to_string(letter.decoder_version)},
                            {"kept at", letter.created_at},
                            {"bytes", grouped(letter.bytes)}});
    return text + "\n" + letter.raw + "\n";
}

std::string letter_json(store::KeptLetter const& letter) {
    base::JsonWriter json;
    // Base64 and the like would hide from a reader what is nearly always JSON text.
    add_letter(json, letter).member("raw", letter.raw).end_object();
    return std::move(json).text() + "\n";
}

store::Dataset every_content(config::Options const& options) {
    return {.chain = options.chain, .content = {}};
}

void print_retry(pipeline::RetryReport const& report, config::OutputFormat format) {
    if (format == config::OutputFormat::json) {
        base::JsonWriter json;
        json.begin_object().member("retried", report.retried);
        add_letters(json.key("remaining"), report.remaining);
        json.end_object();
        fmt::print("{}\n", json.text());
        return;
    }
    fmt::print("retried {}, {} remain\n", counted(report.retried, "dead letter"),
               report.remaining.empty() ? "none" : grouped(report.remaining.size()));
    if (!report.remaining.empty()) print_lines(letters_text(report.remaining));
}

}  // namespace

ExitCode dead_letters_list(config::Options const& options, std::stop_token stop) {
    auto const range = part_of(base::kEverySeq, options);
    auto pool = open_database(options, "dead-letters", stop);
    auto const letters = store::list_dead_letters(pool, every_content(options), range, stop);
    if (options.output == config::OutputFormat::json) {
        base::JsonWriter json;
        add_letters(json.begin_object().key("dead_letters"), letters);
        json.end_object();
        fmt::print("{}\n", json.text());
    } else {
        print_lines(letters.empty() ? "no dead letters\n"
                                    : letters_text(letters) + next_text(options));
    }
    return letters.empty() ? ExitCode::complete : ExitCode::incomplete;
}

ExitCode dead_letters_show(config::Options const& options, std::stop_token stop) {
    auto pool = open_database(options, "dead-letters", stop);
    auto const letter = store::read_dead_letter(pool, options.chain, options.dead_letter, stop);
    if (!letter) {
        throw base::Error(base::Fault::usage, base::Recovery::never,
                          fmt::format("--id: there is no dead letter {}", options.dead_letter),
                          "indexer dead-letters list shows their numbers");
    }
    bool const as_json = options.output == config::OutputFormat::json;
    print_lines(as_json ? letter_json(*letter) : letter_text(*letter));
    return ExitCode::complete;
}

ExitCode dead_letters_retry(config::Options const& options, std::stop_token user) {
    Deadline const deadline(std::nullopt, std::move(user), options.pipeline.stop_timeout);
    auto const stop = deadline.stop();
    auto const range = part_of(base::kEverySeq, options);
    Session session(options, "dead-letters", stop);
    session.open(stop, true);
    pipeline::RetryLetters retry(session.source(), session.writer(), session.pool(),
                                 session.dataset(), session.run().persistence());
    auto const report = retry.run(range, stop);
    static_cast<void>(session.restore_states(stop));
    print_retry(report, options.output);
    if (report.remaining.empty()) return ExitCode::complete;
    return stop.stop_requested() ? ExitCode::stopped : ExitCode::incomplete;
}

}  // namespace indexer::cli
