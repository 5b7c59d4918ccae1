#include "base/ownership.hpp"

#include <grp.h>
#include <pwd.h>
#include <unistd.h>

namespace indexer::base {
namespace {

bool is_user(char const* name, uid_t user) {
    auto const* const entry = ::getpwnam(name);
    return entry != nullptr && entry->pw_uid == user;
}

bool has_other_members(group const& of, uid_t user) {
    for (char* const* name = of.gr_mem; *name != nullptr; ++name) {
        if (!is_user(*name, user)) return true;
    }
    return false;
}

// The group of somebody else's entry in the list of users.
bool is_group_of_another(gid_t group, uid_t user) {
    bool found = false;
    ::setpwent();
    while (auto const* const entry = ::getpwent()) {
        found = found || (entry->pw_gid == group && entry->pw_uid != user);
    }
    ::endpwent();
    return found;
}

bool is_of_one(gid_t group, uid_t user) {
    auto const* const entry = ::getgrgid(group);
    return entry != nullptr && !has_other_members(*entry, user) &&
           !is_group_of_another(group, user);
}

}  // namespace

bool others_may_write(struct stat const& status) {
    if ((status.st_mode & S_IWOTH) != 0) return true;
    return (status.st_mode & S_IWGRP) != 0 && !is_of_one(status.st_gid, status.st_uid);
}

std::string foreign(struct stat const& status) {
    if (status.st_uid != 0 && status.st_uid != ::geteuid()) {
        return "belongs to another user (" + std::to_string(status.st_uid) + ")";
    }
    return others_may_write(status) ? "others may write to it" : "";
}

}  // namespace indexer::base
