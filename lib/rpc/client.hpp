#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace indexer::rpc {

// The answer to one call: a whole JSON-RPC 2.0 response whose id, version and shape were checked
// and whose `error` is absent. `body` has simdjson's padding behind its end as spare capacity;
// `result` is where the value of "result" lies in it.
struct Response {
    std::string body;
    std::size_t result_offset = 0;
    std::size_t result_size = 0;
    std::string endpoint;  // redacted URL of who answered

    [[nodiscard]] std::string_view result() const noexcept {
        return std::string_view(body).substr(result_offset, result_size);
    }
};

// The `error` object of a JSON-RPC answer, or its like. Fault::endpoint.
class Error : public base::Error {
  public:
    Error(std::int64_t code, std::string const& what, base::Recovery recovery,
          std::string hint = {});

    // The JSON-RPC error code; 0 when the failure lies below JSON-RPC (HTTP, TLS, a timeout).
    [[nodiscard]] std::int64_t code() const noexcept { return code_; }

  private:
    std::int64_t code_;
};

}  // namespace indexer::rpc
