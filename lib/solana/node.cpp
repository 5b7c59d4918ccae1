#include "solana/node.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <simdjson.h>
#include <spdlog/spdlog.h>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "rpc/result.hpp"
#include "solana/verdict.hpp"

namespace indexer::solana {
namespace {

using base::Seq;

constexpr std::string_view kChain = "solana";
constexpr std::size_t kQuoted = 60;  // bytes of what a node said, in a message
rpc::Query query(std::string_view method, std::string const& params,
                 std::optional<Seq> slot = std::nullopt) {
    return {.method = method, .params_json = params, .classify = verdict, .seq = slot};
}

config::Solana const& checked(config::Solana const& config) {
    auto const refuse = [](char const* what) {
        return base::Error(base::Fault::usage, base::Recovery::never,
                           std::string("solana: ") + what);
    };
    if (config.commitment != "finalized" && config.commitment != "confirmed") {
        throw refuse("the commitment is finalized or confirmed");
    }
    if (config.max_transaction_version > 255) throw refuse("transaction versions end at 255");
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

base::Error version_error(std::string const& what) {
    return {base::Fault::not_understood, base::Recovery::never, what,
            "raise --max-transaction-version to the version that the block holds"};
}

rpc::Error unexpected(rpc::Response const& response, std::string const& what) {
    return rpc::unexpected(response, kChain, what);
}

template <class Read>
auto read_result(rpc::Response const& response, Read read) {
    return rpc::read_result(response, kChain, read);
}

// A seq has to fit bigint, so it is read as a signed number.
Seq seq_in(rpc::Response const& response) {
    auto const number =
        read_result(response, [](auto& document) -> std::int64_t { return document.get_int64(); });
    if (number < 0) throw unexpected(response, fmt::format("unexpected result: {}", number));
    return Seq(static_cast<std::uint64_t>(number));
}

std::vector<Seq> slots_in(std::vector<rpc::Response> const& responses) {
    std::vector<Seq> slots;
    for (rpc::Response const& response : responses) slots.push_back(seq_in(response));
    return slots;
}

// A hash; what is none, or is another text, is at least short and printable.
std::string text_in(rpc::Response const& response) {
    constexpr std::size_t kLongest = 200;
    auto text = read_result(
        response, [](auto& document) { return std::string(document.get_string().value()); });
    if (!text.empty() && text.size() <= kLongest && base::is_plain_text(text)) return text;
    throw unexpected(response, "unexpected result: " + rpc::told(response, text, kQuoted));
}

std::string version_in(rpc::Response const& response) {
    return read_result(response, [&](auto& document) {
        return rpc::told(response, document["solana-core"].get_string().value(), kQuoted);
    });
}

// Of getAgGenesisCert, which nodes since Agave 4.3 know: null before Alpenglow decides blocks.
std::string protocol_in(rpc::Response const& response) {
    if (response.result() == "null") return "TowerBFT";
    return read_result(response, [](auto& document) {
        std::uint64_t const slot = document["block"]["slot"].get_uint64();
        return fmt::format("Alpenglow after {}", slot);
    });
}

// One more than `most` is read, which tells that there are too many.
std::vector<Seq> seqs_in(rpc::Response const& response, std::uint64_t most) {
    return read_result(response, [most](auto& document) {
        std::vector<Seq> seqs;
        for (auto element : document.get_array()) {
            seqs.emplace_back(element.get_uint64().value());
            if (seqs.size() > most) break;
        }
        return seqs;
    });
}

// Archives and restricted endpoints lack methods that are not needed for blocks: nothing then.
template <class Call>
auto if_they_have_it(Call call) -> std::optional<decltype(call())> {
    try {
        return call();
    } catch (rpc::Error const& error) {
        if (!error.is_of_the_method()) throw;
        spdlog::debug("{}", error.what());
        return std::nullopt;
    }
}

}  // namespace

Node::Node(rpc::Client& client, config::Solana const& config)
    : client_(client),
      commitment_(commitment_json(checked(config))),
      block_options_(block_options_json(config)) {
}

rpc::Response Node::call(rpc::Query const& query, std::stop_token stop, std::string const& where) {
    try {
        return client_.call(query, std::move(stop));
    } catch (rpc::Error const& error) {
        if (error.said(code::kUnsupportedVersion)) throw version_error(error.at(where).what());
        throw error.at(where);
    }
}

std::vector<rpc::Response> Node::call_each(std::string_view method, std::string const& params,
                                           std::stop_token stop) {
    try {
        return client_.call_each(query(method, params), std::move(stop));
    } catch (rpc::Error const& error) {
        throw error.at("solana");
    }
}

std::string Node::genesis_hash(std::stop_token stop) {
    auto const responses =
        if_they_have_it([&] { return call_each("getGenesisHash", "[]", std::move(stop)); });
    if (!responses) return {};
    auto const hash = text_in(responses->front());
    for (rpc::Response const& other : *responses) {
        if (text_in(other) == hash) continue;
        throw base::Error(base::Fault::usage, base::Recovery::never,
                          fmt::format("solana: {} and {} serve different networks",
                                      responses->front().endpoint, other.endpoint),
                          "name endpoints of one network only");
    }
    return hash;
}

// Of several answers the middle one, or the higher of two: one node that lags, or that tells of
// slots nobody else knows, does not decide.
Seq Node::slot(std::stop_token stop) {
    auto const told = slots(std::move(stop));
    return told[told.size() / 2];
}

std::vector<Seq> Node::slots(std::stop_token stop) {
    auto slots = slots_in(call_each("getSlot", '[' + commitment_ + ']', std::move(stop)));
    std::sort(slots.begin(), slots.end());
    return slots;
}

Seq Node::first_available_block(std::stop_token stop) {
    auto const told =
        if_they_have_it([&] { return call_each("getFirstAvailableBlock", "[]", std::move(stop)); });
    if (!told) return {};
    auto const slots = slots_in(*told);
    return *std::min_element(slots.begin(), slots.end());
}

std::optional<std::vector<Seq>> Node::blocks(base::SeqRange range, std::stop_token stop) {
    auto const first = range.begin.value();
    auto const last = range.last().value();
    auto const params = fmt::format("[{},{},{}]", first, last, commitment_);
    auto const told = if_they_have_it(
        [&] { return call(query("getBlocks", params, range.begin), std::move(stop)); });
    if (!told) return std::nullopt;
    rpc::Response const& response = *told;
    auto seqs = seqs_in(response, range.size());
    Seq earliest = range.begin;
    for (Seq const seq : seqs) {
        if (seq < earliest || !range.contains(seq)) {
            throw unexpected(response,
                             fmt::format("slot {} is out of place in a list from {} to {}",
                                         seq.value(), first, last));
        }
        earliest = seq.next();
    }
    return seqs;
}

std::vector<source::Probe> Node::probe(std::stop_token stop) {
    auto const tips = client_.put_to_each(query("getSlot", '[' + commitment_ + ']'), stop);
    auto const firsts = client_.put_to_each(query("getFirstAvailableBlock", "[]"), stop);
    auto const versions = client_.put_to_each(query("getVersion", "[]"), stop);
    auto const certificates = client_.put_to_each(query("getAgGenesisCert", "[]"), stop);
    std::vector<source::Probe> probes;
    for (std::size_t i = 0; i < tips.size(); ++i) {
        auto& probe = probes.emplace_back();
        probe.endpoint = tips[i].endpoint;
        probe.latency = tips[i].latency;
        probe.limits = client_.rate_limits(i);
        probe.tip = rpc::heard(tips[i], probe.error, seq_in);
        std::string untold;
        probe.first = rpc::heard(firsts[i], untold, seq_in);
        probe.version = rpc::heard(versions[i], untold, version_in).value_or("");
        probe.protocol = rpc::heard(certificates[i], untold, protocol_in).value_or("");
    }
    return probes;
}

std::string Node::block_params(Seq slot) const {
    return fmt::format("[{},{}]", slot.value(), block_options_);
}

std::vector<rpc::Response> Node::block_from_each(Seq slot, std::stop_token stop) {
    auto const params = block_params(slot);
    return client_.served_by_each(query("getBlock", params, slot), std::move(stop));
}

rpc::Response Node::block(Seq slot, std::stop_token stop) {
    auto const params = block_params(slot);
    return call(query("getBlock", params, slot), std::move(stop),
                fmt::format("solana: slot {}", slot.value()));
}

}  // namespace indexer::solana
