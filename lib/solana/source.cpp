#include "solana/source.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include <spdlog/spdlog.h>

#include "base/crew.hpp"
#include "solana/tables.hpp"
#include "solana/verdict.hpp"

namespace indexer::solana {
namespace {

using base::Seq;
using base::SeqRange;

// What a stock node lists at most. Source: Agave, MAX_GET_CONFIRMED_BLOCKS_RANGE.
constexpr std::uint64_t kMostBlocksPerList = 500'000;

// TowerBFT makes a block final after some 32 slots, a cluster in trouble later. Alpenglow does at
// once: there it is for nodes that lag, or err.
constexpr std::uint64_t kNotFinal = 150;

// A decoder takes up to six times its largest block; all of them together are to keep no more than
// an eighth of the memory.
constexpr std::size_t kPartsForDecoders = 48;

std::uint64_t blocks_per_list(config::Solana const& config) {
    if (config.blocks_per_list >= 1 && config.blocks_per_list <= kMostBlocksPerList) {
        return config.blocks_per_list;
    }
    throw base::Error(base::Fault::usage, base::Recovery::never,
                      "solana: one list holds 1 to 500000 slots");
}

bool is_null(rpc::Response const& response) {
    return response.result() == "null";
}

}  // namespace

SolanaSource::SolanaSource(rpc::Client& client, config::Solana const& config)
    : node_(client, config),
      network_(config.network),
      blocks_per_list_(blocks_per_list(config)),
      replaceable_(config.commitment == "finalized" ? 0 : kNotFinal),
      largest_usual_(client.memory().limit() / (kPartsForDecoders * base::cores())),
      content_(content_of(config)),
      decoders_([content = content_] { return std::make_unique<BlockDecoder>(content); },
                base::cores()) {
}

std::string SolanaSource::content() const {
    return name_of(content_);
}

std::span<model::Table const* const> SolanaSource::tables() const noexcept {
    return content_.tables;
}

std::string SolanaSource::network(std::stop_token stop) {
    auto told = node_.genesis_hash(std::move(stop));
    if (told.empty()) return network_;
    if (network_.empty() || told == network_) return told;
    throw base::Error(base::Fault::usage, base::Recovery::never,
                      "--network: it is " + network_ + ", but the endpoints serve " + told,
                      "name endpoints of that network, or leave --network out");
}

Seq SolanaSource::tip(std::stop_token stop) {
    return node_.slot(std::move(stop));
}

std::vector<Seq> SolanaSource::tips(std::stop_token stop) {
    return node_.slots(std::move(stop));
}

Seq SolanaSource::first_available(std::stop_token stop) {
    return node_.first_available_block(std::move(stop));
}

std::vector<SeqRange> SolanaSource::parts(SeqRange range, std::stop_token stop) {
    std::vector<SeqRange> parts;
    while (!range.empty()) {
        auto const size = std::min(range.size(), blocks_per_list_);
        SeqRange const chunk{range.begin, Seq(range.begin.value() + size)};
        for (Seq const slot : slots_to_ask_for(chunk, stop)) {
            parts.push_back(SeqRange::single(slot));
        }
        range.begin = chunk.end;
    }
    return parts;
}

std::vector<Seq> SolanaSource::slots_to_ask_for(SeqRange range, std::stop_token stop) {
    if (lists_blocks_) {
        if (auto listed = node_.blocks(range, std::move(stop))) return *std::move(listed);
        if (lists_blocks_.exchange(false)) {
            spdlog::warn("solana: no endpoint lists blocks (getBlocks): every slot is asked for");
        }
    }
    std::vector<Seq> all;
    for (auto slot = range.begin; slot < range.end; slot = slot.next()) all.push_back(slot);
    return all;
}

source::Fetched SolanaSource::fetch(SeqRange part, std::stop_token stop) {
    try {
        auto response = node_.block(part.begin, stop);
        if (is_null(response)) {
            // Others may have the block.
            auto others = fetch_from_each(part, std::move(stop));
            if (!others.empty()) return std::move(others.front());
            return source::Unavailable{part, "getBlock: the result is null", response.endpoint};
        }
        return source::Answer{part, std::move(response.body), response.endpoint};
    } catch (rpc::Error const& error) {
        if (!says_unavailable(error.code()) && !error.is_of_the_question()) throw;
        return source::Unavailable{part, error.what(), error.endpoint()};
    }
}

std::vector<source::Answer> SolanaSource::fetch_from_each(SeqRange part, std::stop_token stop) {
    std::vector<source::Answer> answers;
    for (rpc::Response& response : node_.block_from_each(part.begin, std::move(stop))) {
        if (is_null(response)) continue;
        answers.push_back({part, std::move(response.body), std::move(response.endpoint)});
    }
    return answers;
}

// A decoder keeps what its largest block took, so the rare ones that are much larger have their
// own.
std::vector<model::Block> SolanaSource::decode(source::Answer const& answer) const {
    std::vector<model::Block> blocks;
    if (answer.body->size() > largest_usual_) {
        blocks.push_back(BlockDecoder(content_).decode(*answer.body, answer.part.begin));
        return blocks;
    }
    blocks.push_back(decoders_.take()->decode(*answer.body, answer.part.begin));
    return blocks;
}

}  // namespace indexer::solana
