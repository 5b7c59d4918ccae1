#include "stellar/source.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "base/crew.hpp"
#include "stellar/events/recount.hpp"
#include "stellar/tables.hpp"
#include "stellar/verdict.hpp"

namespace indexer::stellar {

using base::Seq;
using base::SeqRange;

namespace {

// False when the page does not hold all of the part, in order.
bool append_from(rpc::Response const& page, SeqRange part, std::string& stream) {
    try {
        return append_ledgers(page, part, stream) == part.size();
    } catch (rpc::Error const&) {
        return false;
    }
}

}  // namespace

StellarSource::StellarSource(rpc::Client& client, config::Stellar const& config, base::Clock& clock)
    : node_(client),
      event_node_(client, "[]", 1),
      clock_(clock),
      content_(content_of(config)),
      page_(config),
      bodies_(client.memory()),
      decoders_([this] { return std::make_unique<LedgerDecoder>(node_.passphrase({}), content_); },
                base::cores()) {
}

std::string StellarSource::content() const {
    return name_of(content_);
}

std::span<model::Table const* const> StellarSource::tables() const noexcept {
    return content_.tables;
}

// A database is checked against it, and every hash begins with it.
std::string StellarSource::network(std::stop_token stop) {
    return node_.passphrase(std::move(stop));
}

Seq StellarSource::tip(std::stop_token stop) {
    return node_.latest(std::move(stop));
}

std::vector<Seq> StellarSource::tips(std::stop_token stop) {
    return node_.latest_of_each(std::move(stop));
}

Seq StellarSource::first_available(std::stop_token stop) {
    return node_.oldest(std::move(stop));
}

std::vector<SeqRange> StellarSource::parts(SeqRange range, std::stop_token /*stop*/) {
    auto const size = page_.ledgers();
    std::vector<SeqRange> parts;
    while (!range.empty()) {
        Seq const end(range.begin.value() + std::min(range.size(), size));
        parts.push_back({range.begin, end});
        range.begin = end;
    }
    return parts;
}

source::Answer StellarSource::empty_answer(SeqRange part, std::string endpoint) {
    return {part, bodies_.take(), std::move(endpoint)};
}

source::Fetched StellarSource::fetch(SeqRange part, std::stop_token stop) {
    auto answer = empty_answer({part.begin, part.begin}, {});
    try {
        while (answer.part.end < part.end && add_page({answer.part.end, part.end}, answer, stop)) {
        }
    } catch (rpc::Error const& error) {
        if (!says_out_of_range(error.what()) && !error.is_of_the_question()) throw;
        if (answer.part.empty()) return source::Unavailable{part, error.what(), error.endpoint()};
    }
    if (!answer.part.empty()) return answer;
    return source::Unavailable{part, "getLedgers: no ledgers", answer.endpoint};
}

// False when the server had none.
bool StellarSource::add_page(SeqRange rest, source::Answer& answer, std::stop_token stop) {
    auto const started = clock_.now();
    try {
        auto const limit = std::min(rest.size(), page_.ledgers());
        auto page = node_.ledgers(rest.begin, limit, std::move(stop));
        auto const ledgers = append_ledgers(page, rest, *answer.body);
        answer.body.memory().absorb(std::move(page.body.memory()));
        answer.endpoint = page.endpoint;
        answer.part.end = Seq(rest.begin.value() + ledgers);
        if (ledgers > 0) page_.served(ledgers, page.body->size(), clock_.now() - started);
        return ledgers > 0;
    } catch (rpc::Error const& error) {
        if (!says_out_of_range(error.what())) page_.failed();
        throw;
    }
}

std::vector<source::Answer> StellarSource::fetch_from_each(SeqRange part, std::stop_token stop) {
    std::vector<source::Answer> answers;
    for (auto& page : node_.ledgers_from_each(part.begin, part.size(), std::move(stop))) {
        auto answer = empty_answer(part, page.endpoint);
        if (!append_from(page, part, *answer.body)) continue;
        answer.body.memory().absorb(std::move(page.body.memory()));
        answers.push_back(std::move(answer));
    }
    return answers;
}

std::string_view StellarSource::recounted_by() const noexcept {
    return has_table(content_, events_table()) ? "getEvents" : std::string_view{};
}

std::optional<source::Recount> StellarSource::recount(SeqRange part, std::stop_token stop) {
    if (recounted_by().empty()) return std::nullopt;
    try {
        auto const told = event_node_.events(part, std::move(stop));
        if (told.end < part.end) return std::nullopt;
        return recount_of(part, told.events);
    } catch (rpc::Error const& error) {
        if (!says_out_of_range(error.what())) throw;
        return std::nullopt;
    }
}

std::vector<model::Block> StellarSource::decode(source::Answer const& answer) const {
    auto const decoder = decoders_.take();
    auto blocks = decoder->decode_stream(*answer.body, answer.part);
    note_sender(blocks, answer.endpoint);
    node_.protocol().meet(decoder->newest_protocol(), answer.endpoint);
    return blocks;
}

}  // namespace indexer::stellar
