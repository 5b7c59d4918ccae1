#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

struct z_stream_s;

namespace indexer::simulator {

// Appends a stored block of deflate: its length twice, then the bytes as they are. Requires: no
// more than kMostStored bytes, and that the output so far ends with a block's header of that kind.
inline constexpr std::size_t kMostStored = 65'535;
void append_stored_length(std::string& out, std::size_t size);

// Compresses text with gaps in it that are filled later. A gap becomes a stored block, so that
// filling one needs no compressing; what follows may still refer to what lies before it.
class GappedDeflate {
  public:
    GappedDeflate();
    ~GappedDeflate();
    GappedDeflate(GappedDeflate const&) = delete;
    GappedDeflate& operator=(GappedDeflate const&) = delete;

    // The text up to a gap, compressed, and the header of the stored block that will fill the gap:
    // the block's length and bytes come next. A gap of no fixed size (0) cuts off what follows from
    // what lies before, as nobody can tell how far that is.
    [[nodiscard]] std::string before_gap(std::string_view text, std::size_t gap_size);

  private:
    std::unique_ptr<z_stream_s> stream_;
};

}  // namespace indexer::simulator
