#include "solana/source.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "solana/json.hpp"
#include "solana/tables.hpp"
#include "solana/verdict.hpp"

namespace indexer::solana {
namespace {

using base::Seq;
using base::SeqRange;

// What stock nodes allow between the first and the last slot of one getBlocks.
constexpr std::uint64_t kMostBlocksPerList = 500'000;

base::Error usage(std::string const& what) {
    return {base::Fault::usage, base::Recovery::never, "solana: " + what};
}

config::Solana const& checked(config::Solana const& config) {
    if (config.commitment != "finalized" && config.commitment != "confirmed") {
        throw usage("commitment is finalized or confirmed, not " + config.commitment);
    }
    if (config.max_transaction_version > 255) throw usage("transaction versions end at 255");
    if (config.blocks_per_list == 0 || config.blocks_per_list > kMostBlocksPerList) {
        throw usage(fmt::format("one list holds 1 to {} slots", kMostBlocksPerList));
    }
    return config;
}

std::string commitment_json(config::Solana const& config) {
    base::JsonWriter writer;
    writer.begin_object().member("commitment", config.commitment).end_object();
    return std::move(writer).text();
}

std::string block_options_json(config::Solana const& config) {
    base::JsonWriter writer;
    writer.begin_object()
        .member("encoding", "json")
        .member("transactionDetails", "full")
        .member("rewards", config.rewards)
        .member("commitment", config.commitment)
        .member("maxSupportedTransactionVersion", config.max_transaction_version)
        .end_object();
    return std::move(writer).text();
}

base::Error unexpected(std::string_view method, rpc::Response const& response,
                       std::string const& what) {
    return rpc::Error(0, fmt::format("solana: {}: {}: {}", method, response.endpoint, what),
                      base::Recovery::retry_elsewhere, {}, response.endpoint);
}

// The value of an answer's result, read by read(document). Throws Fault::endpoint when it has not
// the shape that the method promises.
template <class Read>
auto result_of(std::string_view method, rpc::Response const& response, Read read) {
    try {
        simdjson::ondemand::parser parser;
        auto const result = response.result();
        // Behind the result lies the rest of the body, and behind that its padding.
        simdjson::ondemand::document document = parser.iterate(simdjson::padded_string_view(
            result.data(), result.size(), result.size() + simdjson::SIMDJSON_PADDING));
        return read(document);
    } catch (simdjson::simdjson_error const&) {
        throw unexpected(method, response, "the result is of an unexpected kind");
    }
}

Seq seq_in(std::string_view method, rpc::Response const& response) {
    // Signed: a seq has to fit bigint.
    auto const number = result_of(
        method, response, [](auto& document) -> std::int64_t { return document.get_int64(); });
    if (number < 0) throw unexpected(method, response, "the result is negative");
    return Seq(static_cast<std::uint64_t>(number));
}

std::vector<std::uint64_t> numbers_in(std::string_view method, rpc::Response const& response) {
    return result_of(method, response, [](auto& document) {
        std::vector<std::uint64_t> numbers;
        for (auto element : document.get_array()) numbers.push_back(element.get_uint64());
        return numbers;
    });
}

// Throws what a failed call means here, `where` put before its text. A transaction version that
// was not asked for is a wrong setting, never a reason to leave a block out.
[[noreturn]] void rethrow(rpc::Error const& error, std::string const& where) {
    auto const what = where + ": " + error.what();
    if (error.code() == code::kUnsupportedVersion) {
        throw base::Error(base::Fault::not_understood, base::Recovery::never, what,
                          "raise --max-transaction-version to the version that the block holds");
    }
    throw rpc::Error(error.code(), what, error.recovery(), error.hint(), error.endpoint());
}

}  // namespace

SolanaSource::SolanaSource(rpc::Client& client, config::Solana const& config)
    : client_(client),
      blocks_per_list_(checked(config).blocks_per_list),
      content_{.votes = config.include_votes, .rewards = config.rewards},
      commitment_(commitment_json(config)),
      block_options_(block_options_json(config)),
      decoders_([content = content_] { return std::make_unique<BlockDecoder>(content); }) {
}

std::string SolanaSource::content() const {
    std::string content = "blocks,transactions";
    if (content_.votes) content += ",votes";
    if (content_.rewards) content += ",rewards";
    return content;
}

std::span<model::Table const* const> SolanaSource::tables() const noexcept {
    return solana::tables();
}

rpc::Response SolanaSource::call(std::string_view method, std::string_view params,
                                 std::stop_token stop) {
    try {
        return client_.call(method, params, std::move(stop), verdict);
    } catch (rpc::Error const& error) {
        rethrow(error, "solana");
    }
}

std::string SolanaSource::network(std::stop_token stop) {
    constexpr std::string_view kMethod = "getGenesisHash";
    auto const response = call(kMethod, "[]", std::move(stop));
    return result_of(kMethod, response, [](auto& document) {
        return std::string(std::string_view(document.get_string()));
    });
}

Seq SolanaSource::tip(std::stop_token stop) {
    constexpr std::string_view kMethod = "getSlot";
    return seq_in(kMethod, call(kMethod, '[' + commitment_ + ']', std::move(stop)));
}

Seq SolanaSource::first_available(std::stop_token stop) {
    constexpr std::string_view kMethod = "getFirstAvailableBlock";
    return seq_in(kMethod, call(kMethod, "[]", std::move(stop)));
}

std::vector<SeqRange> SolanaSource::parts(SeqRange range, std::stop_token stop) {
    std::vector<SeqRange> parts;
    while (!range.empty()) {
        auto const size = std::min(range.size(), blocks_per_list_);
        SeqRange const chunk{range.begin, Seq(range.begin.value() + size)};
        list_blocks(chunk, parts, stop);
        range.begin = chunk.end;
    }
    return parts;
}

void SolanaSource::list_blocks(SeqRange range, std::vector<SeqRange>& parts, std::stop_token stop) {
    constexpr std::string_view kMethod = "getBlocks";
    auto const params =
        fmt::format("[{},{},{}]", range.begin.value(), range.last().value(), commitment_);
    auto const response = call(kMethod, params, std::move(stop));
    Seq earliest = range.begin;
    for (auto const slot : numbers_in(kMethod, response)) {
        if (Seq(slot) < earliest || !range.contains(Seq(slot))) {
            auto const what = fmt::format("slot {} is out of place in {} to {}", slot,
                                          range.begin.value(), range.last().value());
            throw unexpected(kMethod, response, what);
        }
        parts.push_back(SeqRange::single(Seq(slot)));
        earliest = Seq(slot).next();
    }
}

source::Fetched SolanaSource::fetch(SeqRange part, std::stop_token stop) {
    auto const slot = part.begin.value();
    auto const params = fmt::format("[{},{}]", slot, block_options_);
    try {
        auto response = client_.call("getBlock", params, std::move(stop), verdict);
        if (response.result() == "null") {
            return source::Unavailable{part, "getBlock: the result is null", response.endpoint};
        }
        return source::Answer{part, std::move(response.body), response.endpoint};
    } catch (rpc::Error const& error) {
        if (says_unavailable(error.code())) {
            return source::Unavailable{part, error.what(), error.endpoint()};
        }
        rethrow(error, fmt::format("solana: slot {}", slot));
    }
}

std::vector<model::Block> SolanaSource::decode(source::Answer const& answer) const {
    std::vector<model::Block> blocks;
    blocks.push_back(decoders_.take()->decode(answer.body, answer.part.begin));
    return blocks;
}

}  // namespace indexer::solana
