#include <cstddef>
#include <cstdint>
#include <string>

#include <simdjson.h>

#include "base/error.hpp"
#include "base/seq.hpp"
#include "solana/block_decoder.hpp"

// Whatever an endpoint sends as the result, decoding ends with a block or with a base::Error.
// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it so
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using indexer::base::Seq;
    static indexer::solana::BlockDecoder decoder({.votes = true, .rewards = true});
    void const* const bytes = data;
    std::string body;
    body.reserve(size + 64 + simdjson::SIMDJSON_PADDING);
    body = R"({"jsonrpc":"2.0","id":1,"result":)";
    body.append(static_cast<char const*>(bytes), size).append("}");
    try {
        static_cast<void>(decoder.decode(body, Seq(std::uint64_t{1} << 40)));
    } catch (indexer::base::Error const&) {  // what a decoder may answer
    }
    return 0;
}
