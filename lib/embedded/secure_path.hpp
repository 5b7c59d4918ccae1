#pragma once

#include <filesystem>
#include <optional>

#include "embedded/process.hpp"

namespace indexer::embedded {

// Where `folder` really lies, once every step from the root down to it, links included, was found
// to be root's or this user's and closed to the writing of others. Below a folder that all may
// write to but where nobody may move another's entries, as /tmp is, what belongs to root or this
// user is as good, unless it is a link. Nobody else can change such a path, before or after it was
// looked at. What is not there yet is left as it was named. Throws Fault::database, with the step
// and what is wrong with it, otherwise.
[[nodiscard]] std::filesystem::path secure_path(std::filesystem::path const& folder);

// The same, and makes the folders that are not there.
std::filesystem::path make_secure_path(std::filesystem::path const& folder);

// Makes a folder that only `owner`, or without one this user, can enter, when it is not there.
// Requires: its parent is secure.
void make_private_folder(std::filesystem::path const& folder, std::optional<Account> const& owner);

// Throws Fault::database unless the folder is absent, or a folder of `owner` (or this user's own,
// as it is while another process makes it) that nobody else can enter.
void check_private_folder(std::filesystem::path const& folder, std::optional<Account> const& owner);

}  // namespace indexer::embedded
