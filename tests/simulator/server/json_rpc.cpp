#include "tests/simulator/server/json_rpc.hpp"

#include <charconv>

#include "base/json_writer.hpp"

namespace indexer::simulator {
namespace {

namespace dom = simdjson::dom;

Call to_call(dom::element element) {
    Call call;
    dom::element id;
    if (element["id"].get(id) == simdjson::SUCCESS) call.id = simdjson::minify(id);
    std::string_view method;
    if (element["method"].get(method) == simdjson::SUCCESS) call.method = method;
    dom::array params;
    if (element["params"].get(params) == simdjson::SUCCESS) call.params = params;
    dom::object named;
    if (element["params"].get(named) == simdjson::SUCCESS) call.named = named;
    return call;
}

// Where a page of ledgers begins: asked for itself, or behind the one the cursor names.
std::optional<Slot> first_ledger(dom::object named) {
    Slot first = 0;
    if (named["startLedger"].get(first) == simdjson::SUCCESS) return first;
    std::string_view cursor;
    if (named["pagination"]["cursor"].get(cursor) != simdjson::SUCCESS) return std::nullopt;
    auto const* const end = cursor.data() + cursor.size();
    auto const parsed = std::from_chars(cursor.data(), end, first);
    if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
    return first + 1;
}

}  // namespace

std::optional<std::uint64_t> Call::number(std::size_t position) const {
    std::uint64_t value = 0;
    if (!params || params->at(position).get(value) != simdjson::SUCCESS) return std::nullopt;
    return value;
}

std::optional<dom::object> Call::object(std::size_t position) const {
    dom::object value;
    if (!params || params->at(position).get(value) != simdjson::SUCCESS) return std::nullopt;
    return value;
}

std::optional<dom::object> Call::config() const {
    for (std::size_t i = 0; params && i < params->size(); ++i) {
        if (auto const found = object(i)) return found;
    }
    return std::nullopt;
}

std::optional<Slot> Call::slot() const {
    if (named) return first_ledger(*named);
    return method == "getBlock" || method == "getBlockTime" ? number(0) : std::nullopt;
}

Request::Request(std::string const& body) {
    dom::element root;
    is_json_ = parser_.parse(body).get(root) == simdjson::SUCCESS;
    if (!is_json_) return;
    dom::array batch;
    is_batch_ = root.get(batch) == simdjson::SUCCESS;
    if (!is_batch_) {
        calls_.push_back(to_call(root));
        return;
    }
    for (dom::element const element : batch) calls_.push_back(to_call(element));
}

Answer Answer::error(std::int64_t code, std::string message, std::string data) {
    return {.result = {}, .code = code, .message = std::move(message), .data = std::move(data)};
}

void append_response(std::vector<Text>& pieces, Answer const& answer, std::string const& id) {
    if (answer.code == 0) {
        pieces.emplace_back(R"({"jsonrpc":"2.0","result":)");
        pieces.push_back(answer.result);
        pieces.emplace_back(R"(,"id":)" + id + "}");
        return;
    }
    base::JsonWriter json;
    json.begin_object().member("jsonrpc", "2.0").key("error").begin_object();
    json.member("code", answer.code).member("message", answer.message);
    if (!answer.data.empty()) json.key("data").raw(answer.data);
    json.end_object().key("id").raw(id).end_object();
    pieces.emplace_back(std::move(json).text());
}

}  // namespace indexer::simulator
