#include "embedded/secure_path.hpp"

#include <cerrno>
#include <deque>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/descriptor.hpp"
#include "base/ownership.hpp"
#include "embedded/failure.hpp"

namespace indexer::embedded {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kOthers = 0077;

base::Error insecure(fs::path const& step, std::string_view why) {
    return failure(fmt::format("{}: {}", step.string(), why),
                   "give --data-dir a folder that only you and root may write to, as are all "
                   "folders above it");
}

base::Error cannot_make(fs::path const& folder, bool for_another = false) {
    auto const* const hint = for_another && errno == EACCES
                                 ? "root's server runs as another user, who must be able to enter "
                                   "every folder above its "
                                   "data"
                                 : "give --data-dir a folder you may write to";
    return failure(fmt::format("{}: {}", folder.string(), std::generic_category().message(errno)),
                   hint);
}

// One walk from "/" down to a folder.
class Walk {
  public:
    Walk(fs::path const& folder, bool making) : making_(making) {
        put_ahead(fs::absolute(folder));
        enter("/");
    }

    fs::path finish() {
        while (!ahead_.empty()) {
            auto const name = std::move(ahead_.front());
            ahead_.pop_front();
            if (name == "..") enter(at_.parent_path());
            if (name.empty() || name == "." || name == ".." || name == "/") continue;
            if (!step(at_ / name)) return rest(at_ / name);
        }
        return at_;
    }

  private:
    void put_ahead(fs::path const& path) {
        ahead_.insert(ahead_.begin(), path.begin(), path.end());
    }

    // False when it is not there, and not to be made.
    bool step(fs::path const& next) {
        // Others must get through: root's server runs as another user.
        constexpr mode_t kForAllToEnter = 0755;
        struct stat status {};
        bool there = ::lstat(next.c_str(), &status) == 0;
        if (!there && errno == ENOENT) {
            if (!making_) return false;
            if (::mkdir(next.c_str(), kForAllToEnter) != 0 && errno != EEXIST) {
                throw cannot_make(next);
            }
            there = ::lstat(next.c_str(), &status) == 0;
        }
        if (!there) throw cannot_make(next);
        S_ISLNK(status.st_mode) ? follow(next, status) : enter(next);
        return true;
    }

    void follow(fs::path const& link, struct stat const& status) {
        constexpr unsigned kMostLinks = 40;  // as the system has it
        if (status.st_uid != 0 && status.st_uid != ::geteuid()) {
            throw insecure(link, "a link of another user");
        }
        if (shared_) throw insecure(link, "a link in a folder that all may write to");
        if (++links_ > kMostLinks) throw insecure(link, "too many links");
        auto const target = fs::read_symlink(link);
        put_ahead(target);
        if (target.is_absolute()) enter("/");
    }

    void enter(fs::path const& folder) {
        struct stat status {};
        if (::lstat(folder.c_str(), &status) != 0) throw cannot_make(folder);
        if (!S_ISDIR(status.st_mode)) throw insecure(folder, "not a folder");
        shared_ = (status.st_mode & S_ISVTX) != 0 && base::others_may_write(status);
        if (shared_) status.st_mode &= ~mode_t{S_IWGRP | S_IWOTH};
        if (auto const why = base::foreign(status); !why.empty()) throw insecure(folder, why);
        at_ = folder;
    }

    fs::path rest(fs::path path) const {
        for (auto const& name : ahead_) path /= name;
        return path.lexically_normal();
    }

    bool const making_;
    bool shared_ = false;  // where we are, all may make entries
    unsigned links_ = 0;
    fs::path at_;
    std::deque<fs::path> ahead_;
};

}  // namespace

fs::path secure_path(fs::path const& folder) {
    return Walk(folder, false).finish();
}

fs::path make_secure_path(fs::path const& folder) {
    return Walk(folder, true).finish();
}

void make_private_folder(fs::path const& folder, std::optional<Account> const& owner) {
    constexpr mode_t kOwnerOnly = 0700;
    if (::mkdir(folder.c_str(), kOwnerOnly) != 0 && errno != EEXIST) {
        throw cannot_make(folder, owner.has_value());
    }
    check_private_folder(folder, owner);
    base::Descriptor const made(
        ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    struct stat status {};
    if (!made.valid() || ::fstat(made.number(), &status) != 0) throw cannot_make(folder);
    if (!owner || status.st_uid == owner->user) return;
    if (::fchown(made.number(), owner->user, owner->group) != 0) throw cannot_make(folder);
}

void check_private_folder(fs::path const& folder, std::optional<Account> const& owner) {
    struct stat status {};
    if (::lstat(folder.c_str(), &status) != 0) {
        if (errno == ENOENT) return;
        throw cannot_make(folder);
    }
    bool const owned = status.st_uid == ::geteuid() || (owner && status.st_uid == owner->user);
    if (S_ISDIR(status.st_mode) && owned && (status.st_mode & kOthers) == 0) return;
    throw failure(fmt::format("{}: not a folder of the server's user alone", folder.string()),
                  fmt::format("chmod 700 {}, or move it away", folder.string()));
}

}  // namespace indexer::embedded
