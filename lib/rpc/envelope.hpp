#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include <simdjson.h>

namespace indexer::rpc {

// Where the value of "result" lies in a body.
struct ResultSpan {
    std::size_t offset;
    std::size_t size;
};

// The "error" of an answer, in whatever form it came: some put a text there, or have its members
// beside the others, and some write codes as words.
struct ErrorObject {
    std::int64_t code = 0;  // 0: none was told, or it is no number
    std::string message;    // with the code where that is a word

    // "error -32005: too fast"
    [[nodiscard]] std::string text() const;
};

// A JSON-RPC 2.0 request.
[[nodiscard]] std::string request(std::uint64_t id, std::string_view method,
                                  std::string_view params_json);

// Checks the answer to request `id`: JSON-RPC 2.0, our id, a result or something like an error, but
// not both. The result is found, not looked into; of a result of many kilobytes the end is where
// the answer's last member begins, and who reads it is to notice when that hides another one.
// `body` needs simdjson's padding as spare capacity. Throws base::Error with Fault::endpoint and
// Recovery::retry_elsewhere when it is no such answer. Source: jsonrpc.org/specification; an
// error's id may be null, and gateways leave it out.
[[nodiscard]] std::variant<ResultSpan, ErrorObject> read_answer(simdjson::ondemand::parser& parser,
                                                                std::string const& body,
                                                                std::uint64_t id);

// The words of a body that is no such answer, to be repeated; empty where it is a page, or long.
[[nodiscard]] std::string_view words_of(std::string_view body) noexcept;

}  // namespace indexer::rpc
