#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace indexer::test {

// The base58 of so many bytes that a name makes up: a key has 32, a signature 64.
[[nodiscard]] std::string made_up(std::string_view name, std::size_t bytes);

// Transactions as a node lists them in a block, named so that each has a signature of its own.
// Every number in them fits the others.
//
// A transfer of 1,000 lamports by the System program, which instructions call `depth` deep (1: it
// is called by the transaction), with so many accounts that have no part in it.
[[nodiscard]] std::string transfer(std::string_view name, unsigned depth = 1,
                                   std::size_t idle_accounts = 0);
[[nodiscard]] std::string vote(std::string_view name);
// One that failed because nobody could pay for it, as blocks may hold since SIMD-0290: it cost
// nothing, and nothing of it was executed.
[[nodiscard]] std::string unpaid(std::string_view name);
// The same transaction as a node lists it that has no metadata of it.
[[nodiscard]] std::string without_meta(std::string transaction);

[[nodiscard]] std::string signature_of(std::string_view name);

// What getBlock answers for a slot: its hash is made up from the slot and `fork`, as is its
// parent's.
[[nodiscard]] std::string block_result(std::uint64_t slot, std::uint64_t parent,
                                       std::vector<std::string> const& transactions,
                                       std::string_view fork = {});
[[nodiscard]] std::string blockhash_of(std::uint64_t slot, std::string_view fork = {});

}  // namespace indexer::test
