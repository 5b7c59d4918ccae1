#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>

#include "tests/simulator/history/chain.hpp"
#include "tests/simulator/history/text.hpp"

namespace indexer::simulator {

// One JSON-RPC 2.0 call. Its parameters lie in the request it came from.
struct Call {
    std::string id = "null";  // JSON, as the caller wrote it
    std::string method;       // empty: not a call at all
    std::optional<simdjson::dom::array> params;
    std::optional<simdjson::dom::object> named;  // parameters by name, as Stellar has them

    // A parameter by position; nothing when it is absent or of another kind.
    [[nodiscard]] std::optional<std::uint64_t> number(std::size_t position) const;
    [[nodiscard]] std::optional<simdjson::dom::object> object(std::size_t position) const;

    // The configuration object, wherever it stands.
    [[nodiscard]] std::optional<simdjson::dom::object> config() const;

    // The slot the call is about, or begins at, for the methods of which that can be said.
    [[nodiscard]] std::optional<Slot> slot() const;
};

// The calls of a request body, and what they lie in.
class Request {
  public:
    explicit Request(std::string const& body);

    [[nodiscard]] bool is_json() const noexcept { return is_json_; }
    [[nodiscard]] bool is_batch() const noexcept { return is_batch_; }
    [[nodiscard]] std::vector<Call> const& calls() const noexcept { return calls_; }

  private:
    simdjson::dom::parser parser_;
    std::vector<Call> calls_;
    bool is_json_ = false;
    bool is_batch_ = false;
};

// What a method says: a result, or an error when `code` is not 0.
struct Answer {
    Text result;  // JSON
    std::int64_t code = 0;
    std::string message{};
    std::string data{};  // JSON; empty: none

    [[nodiscard]] static Answer of(Text json) { return {.result = std::move(json)}; }
    [[nodiscard]] static Answer error(std::int64_t code, std::string message,
                                      std::string data = {});
};

// Appends the whole response to `pieces`.
void append_response(std::vector<Text>& pieces, Answer const& answer, std::string const& id);

}  // namespace indexer::simulator
