#include "tests/simulator/server/expectation.hpp"

#include <algorithm>

#include <simdjson.h>

#include "base/json_writer.hpp"

namespace indexer::simulator {
namespace {

namespace dom = simdjson::dom;

constexpr std::string_view kVoteProgram = "Vote111111111111111111111111111111111111111";

struct Sums {
    std::uint64_t blocks = 0;
    std::uint64_t transactions = 0;
    std::uint64_t votes = 0;
    std::uint64_t failed = 0;
    std::uint64_t version_0 = 0;
    std::uint64_t version_1 = 0;
    std::uint64_t fees = 0;
    std::string first_hash;
    std::string last_hash;
};

// It calls the vote program and no other.
bool is_vote(dom::element transaction) {
    dom::element const message = transaction["transaction"]["message"];
    dom::array const keys = message["accountKeys"];
    dom::array const instructions = message["instructions"];
    return std::all_of(instructions.begin(), instructions.end(), [&](dom::element instruction) {
        std::uint64_t const program = instruction["programIdIndex"];
        return program < keys.size() && keys.at(program).get_string().value() == kVoteProgram;
    });
}

std::int64_t version_of(dom::element transaction) {
    std::int64_t version = -1;
    auto const error = transaction["version"].get(version);
    return error == simdjson::SUCCESS ? version : -1;  // "legacy"
}

void add(Sums& sums, dom::element transaction) {
    auto const version = version_of(transaction);
    ++sums.transactions;
    sums.votes += is_vote(transaction) ? 1 : 0;
    sums.failed += transaction["meta"]["err"].is_null() ? 0 : 1;
    sums.version_0 += version == 0 ? 1 : 0;
    sums.version_1 += version == 1 ? 1 : 0;
    sums.fees += transaction["meta"]["fee"].get_uint64().value();
}

void add_block(Sums& sums, dom::element block) {
    std::string_view const hash = block["blockhash"];
    if (sums.blocks++ == 0) sums.first_hash = hash;
    sums.last_hash = hash;
    for (dom::element const transaction : block["transactions"].get_array()) add(sums, transaction);
}

std::string to_json(Sums const& sums, std::uint64_t slots) {
    base::JsonWriter json;
    json.begin_object().member("blocks", sums.blocks).member("skipped", slots - sums.blocks);
    json.member("transactions", sums.transactions).member("votes", sums.votes);
    json.member("failed", sums.failed).member("version_0", sums.version_0);
    json.member("version_1", sums.version_1).member("fees", sums.fees);
    json.member("first_hash", sums.first_hash).member("last_hash", sums.last_hash).end_object();
    return std::move(json).text();
}

}  // namespace

std::string expectation(History const& history, SlotSpan span) {
    Sums sums;
    dom::parser parser;
    auto slot = history.at_or_after(span.first);
    for (; slot && *slot <= span.last; slot = history.at_or_after(*slot + 1)) {
        add_block(sums, parser.parse(history.block(*slot, {}).json.str()));
    }
    return to_json(sums, span.last - span.first + 1);
}

}  // namespace indexer::simulator
