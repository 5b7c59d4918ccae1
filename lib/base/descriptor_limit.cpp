#include "base/descriptor_limit.hpp"

#include <algorithm>

#include <sys/resource.h>

namespace indexer::base {

std::uint64_t make_room_for_descriptors(std::uint64_t wanted) noexcept {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;  // nobody knows better
    if (limit.rlim_cur >= wanted) return limit.rlim_cur;
    rlimit const raised{std::min<rlim_t>(wanted, limit.rlim_max), limit.rlim_max};
    return ::setrlimit(RLIMIT_NOFILE, &raised) == 0 ? raised.rlim_cur : limit.rlim_cur;
}

}  // namespace indexer::base
