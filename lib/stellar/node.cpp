#include "stellar/node.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/text.hpp"
#include "rpc/result.hpp"
#include "stellar/base64.hpp"
#include "stellar/verdict.hpp"
#include "stellar/xdr/marked_stream.hpp"

namespace indexer::stellar {
namespace {

using base::Seq;

constexpr std::string_view kChain = "stellar";
constexpr std::size_t kLongestPassphrase = 200;
constexpr std::size_t kQuoted = 60;  // bytes of what a node said, in a message

rpc::Query query(std::string_view method, std::string_view params = "{}",
                 std::optional<Seq> seq = {}) {
    return {.method = method, .params_json = params, .classify = verdict, .seq = seq};
}

template <class Read>
auto read_result(rpc::Response const& response, Read read) {
    return rpc::read_result(response, kChain, read);
}

// A ledger's sequence has 32 bits.
Seq seq_in(simdjson::ondemand::value number) {
    std::uint64_t const seq = number.get_uint64();
    if (seq <= std::numeric_limits<std::uint32_t>::max()) return Seq(seq);
    throw simdjson::simdjson_error(simdjson::NUMBER_OUT_OF_RANGE);
}

Seq seq_of(rpc::Response const& response, std::string_view key) {
    return read_result(response, [&](auto& document) {
        return seq_in(document.find_field_unordered(key).value());
    });
}

// Of the newest ledger; nothing where it is not told.
std::optional<std::uint32_t> protocol_in(rpc::Response const& response) {
    return read_result(response, [](auto& document) -> std::optional<std::uint32_t> {
        std::uint64_t protocol = 0;
        auto const failed =
            document.find_field_unordered("protocolVersion").get_uint64().get(protocol);
        if (failed != simdjson::SUCCESS) return std::nullopt;
        return static_cast<std::uint32_t>(protocol);
    });
}

std::string version_in(rpc::Response const& response) {
    return read_result(response, [&](auto& document) {
        return rpc::told(response, document["version"].get_string().value(), kQuoted);
    });
}

// The one element of the page that the stream grows by.
void append_ledger(simdjson::ondemand::object ledger, rpc::Response const& page, Seq expected,
                   std::string& bytes, std::string& stream) {
    auto const seq = seq_in(ledger.find_field_unordered("sequence").value());
    if (seq != expected) {
        throw rpc::unexpected(
            page, kChain, fmt::format("ledger {} where {} belongs", seq.value(), expected.value()));
    }
    // Base64 needs no escape in JSON, so the text is taken as it stands.
    std::string_view const text = ledger.find_field_unordered("metadataXdr").get_string();
    if (!decode_base64(text, bytes)) {
        throw rpc::unexpected(page, kChain,
                              fmt::format("ledger {}: metadataXdr is not base64", seq.value()));
    }
    xdr::append_marked(stream, bytes);
}

std::string page_params(Seq first, std::uint64_t limit) {
    return fmt::format(R"({{"startLedger":{},"pagination":{{"limit":{}}},"xdrFormat":"base64"}})",
                       first.value(), limit);
}

}  // namespace

rpc::Response Node::call(rpc::Query const& query, std::stop_token stop, std::string const& where) {
    try {
        return client_.call(query, std::move(stop));
    } catch (rpc::Error const& error) {
        throw error.at(where);
    }
}

std::string Node::passphrase(std::stop_token stop) {
    std::lock_guard const lock(mutex_);
    if (!passphrase_) {
        auto const response = call(query("getNetwork"), std::move(stop));
        auto text = read_result(response, [](auto& document) {
            return std::string(
                std::string_view(document.find_field_unordered("passphrase").get_string()));
        });
        if (text.empty() || text.size() > kLongestPassphrase || !base::is_plain_text(text)) {
            throw rpc::unexpected(response, kChain,
                                  "unexpected passphrase: " + rpc::told(response, text, kQuoted));
        }
        passphrase_ = std::move(text);
        protocol_.meet(protocol_in(response).value_or(0), response.endpoint);
    }
    return *passphrase_;
}

Seq Node::latest(std::stop_token stop) {
    try {
        return seq_of(call(query("getHealth"), stop), "latestLedger");
    } catch (rpc::Error const& error) {
        if (error.code() != code::kInternal) throw;
        spdlog::warn("{}", error.what());
    }
    return seq_of(call(query("getLatestLedger"), std::move(stop)), "sequence");
}

std::vector<Seq> Node::latest_of_each(std::stop_token stop) {
    std::vector<Seq> latest;
    for (auto const& answer : client_.call_each("getHealth", "{}", std::move(stop), verdict)) {
        latest.push_back(seq_of(answer, "latestLedger"));
    }
    return latest;
}

Seq Node::oldest(std::stop_token stop) {
    auto const answers = client_.call_each("getHealth", "{}", std::move(stop), verdict);
    auto oldest = seq_of(answers.front(), "oldestLedger");
    for (auto const& answer : answers) oldest = std::min(oldest, seq_of(answer, "oldestLedger"));
    return oldest;
}

std::vector<source::Probe> Node::probe(std::stop_token stop) {
    auto const healths = client_.put_to_each(query("getHealth"), stop);
    auto const versions = client_.put_to_each(query("getVersionInfo"), stop);
    auto const seq = [](std::string_view key) {
        return [key](rpc::Response const& response) { return seq_of(response, key); };
    };
    std::vector<source::Probe> probes;
    for (std::size_t i = 0; i < healths.size(); ++i) {
        auto& probe = probes.emplace_back();
        probe.endpoint = healths[i].endpoint;
        probe.latency = healths[i].latency;
        probe.limits = client_.rate_limits(i);
        probe.tip = rpc::heard(healths[i], probe.error, seq("latestLedger"));
        probe.first = rpc::heard(healths[i], probe.error, seq("oldestLedger"));
        std::string untold;
        probe.version = rpc::heard(versions[i], untold, version_in).value_or("");
        auto const protocol = rpc::heard(versions[i], untold, protocol_in).value_or(std::nullopt);
        if (protocol) probe.protocol = std::to_string(*protocol);
    }
    return probes;
}

std::vector<rpc::Response> Node::ledgers_from_each(Seq first, std::uint64_t limit,
                                                   std::stop_token stop) {
    auto const params = page_params(first, limit);
    return client_.served_by_each(query("getLedgers", params, first), std::move(stop));
}

rpc::Response Node::ledgers(Seq first, std::uint64_t limit, std::stop_token stop) {
    auto const params = page_params(first, limit);
    return call(query("getLedgers", params, first), std::move(stop),
                fmt::format("stellar: ledger {}", first.value()));
}

std::uint64_t append_ledgers(rpc::Response const& page, base::SeqRange range, std::string& stream) {
    return read_result(page, [&](auto& document) {
        std::string bytes;
        auto expected = range.begin;
        for (auto element : document["ledgers"].get_array()) {
            if (expected == range.end) break;
            append_ledger(element.get_object(), page, expected, bytes, stream);
            expected = expected.next();
        }
        return expected.value() - range.begin.value();
    });
}

}  // namespace indexer::stellar
