#include "embedded/acting.hpp"

#include <algorithm>
#include <cstdlib>

#include <grp.h>
#include <sys/fsuid.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/error.hpp"

namespace indexer::embedded {
namespace {

std::vector<gid_t> groups_now() {
    std::vector<gid_t> groups(static_cast<std::size_t>(std::max(0, ::getgroups(0, nullptr))));
    auto const count = ::getgroups(static_cast<int>(groups.size()), groups.data());
    groups.resize(static_cast<std::size_t>(std::max(0, count)));
    return groups;
}

// Of this thread: glibc's setgroups() would change all of them.
bool set_groups(std::vector<gid_t> const& groups) noexcept {
    return ::syscall(SYS_setgroups, groups.size(), groups.data()) == 0;
}

// They return what was before, and tell a failure by nothing else (setfsuid(2)).
bool become(uid_t user, gid_t group) noexcept {
    constexpr auto kNobody = static_cast<uid_t>(-1);
    constexpr auto kNoGroup = static_cast<gid_t>(-1);
    ::setfsgid(group);
    ::setfsuid(user);
    return static_cast<uid_t>(::setfsuid(kNobody)) == user &&
           static_cast<gid_t>(::setfsgid(kNoGroup)) == group;
}

}  // namespace

Acting::Acting(std::optional<Account> const& account) : acting_(account.has_value()) {
    if (!acting_) return;
    groups_ = groups_now();
    if (set_groups({account->group}) && become(account->user, account->group)) return;
    become(::geteuid(), ::getegid());
    set_groups(groups_);
    throw base::Error(base::Fault::internal, base::Recovery::never,
                      "embedded: cannot act as the server's user");
}

Acting::~Acting() {
    if (!acting_) return;
    if (!become(::geteuid(), ::getegid()) || !set_groups(groups_)) std::abort();
}

}  // namespace indexer::embedded
