#include "rpc/header_count.hpp"

namespace indexer::rpc {
namespace {

// Servers and proxies allow 8 to 32 KB.
constexpr std::size_t kMostBytes = 128U * 1024;
// libcurl remembers each line with some 100 bytes more.
constexpr std::size_t kLineBytes = 100;
// "100 Continue" and hints come once or twice before an answer.
constexpr std::size_t kMostAnswers = 10;

}  // namespace

bool HeaderCount::add(std::string_view line) noexcept {
    if (line.starts_with("HTTP/")) ++answers_;
    bytes_ += line.size() + kLineBytes;
    return bytes_ <= kMostBytes && answers_ <= kMostAnswers;
}

}  // namespace indexer::rpc
