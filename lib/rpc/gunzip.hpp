#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "base/body.hpp"
#include "rpc/body_buffer.hpp"

struct libdeflate_decompressor;

namespace indexer::rpc {

// Unpacks gzip (RFC 1952) in one step, which takes half of zlib's time. One thread at a time.
class Gunzip {
  public:
    Gunzip();

    // Makes `text` what `packed` holds, with `padding` bytes of spare capacity. Throws base::Error
    // with Fault::endpoint when it is not gzip, or would unpack to more than the limit;
    // MemoryShort. The size it tells is only an upper bound for what is reserved: memory grows with
    // what comes.
    void unpack(std::string_view packed, AnswerLimit limit, std::size_t padding, base::Body& text);

  private:
    // Whether `text` had room for it.
    [[nodiscard]] bool unpack_into(std::string_view packed, std::string& text);

    struct Free {
        void operator()(libdeflate_decompressor* decompressor) const noexcept;
    };
    std::unique_ptr<libdeflate_decompressor, Free> decompressor_;
};

}  // namespace indexer::rpc
