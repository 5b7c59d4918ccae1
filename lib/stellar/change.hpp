#pragma once

#include <cstdint>

#include "stellar/xdr/value.hpp"

namespace indexer::stellar {

// LedgerEntryChangeType
enum class ChangeKind : std::int32_t { created, updated, removed, state, restored };

// LedgerEntryType
inline constexpr std::int32_t kAccountEntry = 0;
inline constexpr std::int32_t kContractCodeEntry = 7;

[[nodiscard]] ChangeKind change_kind(xdr::Value const& change);

// What a LedgerEntryChange says of an entry of that type: the entry itself, or its key where it is
// removed. Nothing when it is about another type.
[[nodiscard]] xdr::OptionalValue changed_entry(xdr::Value const& change, std::int32_t type);

}  // namespace indexer::stellar
