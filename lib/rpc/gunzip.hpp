#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

struct libdeflate_decompressor;

namespace indexer::rpc {

// Unpacks gzip (RFC 1952) in one step, which takes half of zlib's time. One thread at a time.
class Gunzip {
  public:
    Gunzip();

    // Makes `text` what `packed` holds, with `padding` bytes of spare capacity. Throws base::Error
    // with Fault::endpoint when it is not gzip, or would unpack to more than `limit` bytes: a bomb
    // costs no more memory than the limit, and none when it tells its size honestly.
    void unpack(std::string_view packed, std::size_t limit, std::size_t padding, std::string& text);

  private:
    struct Free {
        void operator()(libdeflate_decompressor* decompressor) const noexcept;
    };
    std::unique_ptr<libdeflate_decompressor, Free> decompressor_;
};

}  // namespace indexer::rpc
