#include "rpc/envelope.hpp"

#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/json_writer.hpp"
#include "base/number.hpp"

namespace indexer::rpc {
namespace {

namespace ondemand = simdjson::ondemand;

base::Error wrong(std::string const& what) {
    return {base::Fault::endpoint, base::Recovery::retry_elsewhere, what};
}

struct Members {
    bool version_two = false;
    bool our_id = false;
    bool has_result = false;  // other than null, which some servers put beside an error
    std::optional<ResultSpan> result;
    std::optional<ErrorObject> error;
    ErrorObject bare;  // what gateways put in its place: {"message":"API rate limit exceeded"}
};

bool is_our_id(ondemand::value value, std::uint64_t id) {
    if (value.type() == ondemand::json_type::string) {
        return std::string_view(value.get_string()) == std::to_string(id);
    }
    std::uint64_t number = 0;
    return value.get_uint64().get(number) == simdjson::SUCCESS && number == id;
}

std::string text_of(ondemand::value value) {
    std::string_view text;
    bool const is_string = value.type() == ondemand::json_type::string;
    if (is_string && value.get_string().get(text) == simdjson::SUCCESS) return std::string(text);
    return std::string(std::string_view(simdjson::to_json_string(value)));
}

// A number, also one in quotes; else a word, which is put before the message.
void read_code(ondemand::value value, ErrorObject& error) {
    auto const text = text_of(value);
    if (auto const number = base::whole_number<std::int64_t>(text)) {
        error.code = *number;
    } else if (text != "null") {
        error.message = error.message.empty() ? text : text + ": " + error.message;
    }
}

void read_message(ondemand::value value, ErrorObject& error) {
    auto const text = text_of(value);
    error.message = error.message.empty() ? text : error.message + ": " + text;
}

ErrorObject error_of(ondemand::value value) {
    ErrorObject error;
    if (value.type() != ondemand::json_type::object) {
        error.message = text_of(value);
        return error;
    }
    for (ondemand::field field : value.get_object()) {
        std::string_view const key = field.unescaped_key();
        if (key == "code") read_code(field.value(), error);
        if (key == "message") read_message(field.value(), error);
    }
    return error;
}

Members read_members(ondemand::object answer, std::string const& body, std::uint64_t id) {
    Members members;
    for (ondemand::field field : answer) {
        std::string_view const key = field.unescaped_key();
        ondemand::value value = field.value();
        if (key == "jsonrpc")
            members.version_two = value.type() == ondemand::json_type::string &&
                                  std::string_view(value.get_string()) == "2.0";
        if (key == "id") members.our_id = is_our_id(value, id);
        if (key == "error" && !value.is_null()) members.error = error_of(value);
        if (key == "code") read_code(value, members.bare);
        if (key == "message") read_message(value, members.bare);
        if (key == "result") {
            std::string_view const raw = simdjson::to_json_string(value);
            members.has_result = raw != "null";
            members.result =
                ResultSpan{static_cast<std::size_t>(raw.data() - body.data()), raw.size()};
        }
    }
    if (!members.error && !members.result && !members.bare.message.empty()) {
        members.error = members.bare;
    }
    return members;
}

Members parse(ondemand::parser& parser, std::string const& body, std::uint64_t id) {
    try {
        ondemand::document document = parser.iterate(simdjson::padded_string_view(body));
        return read_members(document.get_object(), body, id);
    } catch (simdjson::simdjson_error const&) {
        auto const first = body.find_first_not_of(" \t\r\n");
        if (first == std::string::npos) throw wrong("empty answer");
        if (body[first] == '<') throw wrong("answer is HTML, not JSON");
        if (body[first] == '{') throw wrong("answer is broken or truncated JSON");
        throw wrong("answer is not a JSON-RPC object");
    }
}

bool is_served(ondemand::parser& parser, std::string const& body, std::uint64_t id) {
    try {
        auto const members = parse(parser, body, id);
        return members.result && !members.error && members.version_two && members.our_id;
    } catch (base::Error const&) {
        return false;
    }
}

// Of a long answer that is written {"jsonrpc":"2.0","result":{…},"id":7} only what stands around
// the result is parsed, and it is looked for at the ends: to walk through the result takes as long
// as to read it. An answer that was cut does not end like this. Nothing: it has to be walked.
std::optional<ResultSpan> between_the_ends(ondemand::parser& parser, std::string const& body,
                                           std::uint64_t id) {
    constexpr std::size_t kLong = 16U * 1024;
    constexpr std::size_t kNear = 64;  // to an end
    constexpr std::string_view kBefore = R"("result":{)";
    constexpr std::string_view kBehind = R"(},"id":)";
    if (body.size() < kLong) return std::nullopt;
    auto const before = std::string_view(body).substr(0, kNear).find(kBefore);
    auto const behind = std::string_view(body).substr(body.size() - kNear).rfind(kBehind);
    if (before == std::string::npos || behind == std::string::npos) return std::nullopt;
    auto const begin = before + kBefore.size() - 1;
    auto const end = body.size() - kNear + behind + 1;
    auto ends = body.substr(0, begin) + "{}" + body.substr(end);
    ends.reserve(ends.size() + simdjson::SIMDJSON_PADDING);
    if (!is_served(parser, ends, id)) return std::nullopt;
    return ResultSpan{begin, end - begin};
}

}  // namespace

std::string ErrorObject::text() const {
    return code == 0 ? "error: " + message : fmt::format("error {}: {}", code, message);
}

std::string request(std::uint64_t id, std::string_view method, std::string_view params_json) {
    base::JsonWriter writer;
    writer.begin_object().member("jsonrpc", "2.0").member("id", id).member("method", method);
    writer.key("params").raw(params_json).end_object();
    return std::move(writer).text();
}

std::variant<ResultSpan, ErrorObject> read_answer(ondemand::parser& parser, std::string const& body,
                                                  std::uint64_t id) {
    if (auto const long_result = between_the_ends(parser, body, id)) return *long_result;
    auto members = parse(parser, body, id);
    if (members.error && members.has_result) throw wrong("answer has both a result and an error");
    if (members.error) return std::move(*members.error);
    if (!members.result) throw wrong("answer has neither result nor error");
    if (!members.version_two) throw wrong("answer is not JSON-RPC 2.0");
    if (!members.our_id) throw wrong("answer to another request");
    return *members.result;
}

std::string_view words_of(std::string_view body) noexcept {
    constexpr std::size_t kLongest = 300;
    auto const first = body.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos || body[first] == '<') return {};
    auto const words = body.substr(first, body.find_last_not_of(" \t\r\n") + 1 - first);
    return words.size() > kLongest ? std::string_view{} : words;
}

}  // namespace indexer::rpc
