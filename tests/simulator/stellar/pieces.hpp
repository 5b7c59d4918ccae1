#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Parts that ledgers are made of, in XDR. Keys, hashes and contract ids are their 32 bytes.
// Source: the .x files of stellar-xdr.
namespace indexer::simulator::stellar {

[[nodiscard]] std::string account_id(std::string_view key);  // a MuxedAccount without id, too
[[nodiscard]] std::string muxed_account(std::string_view key, std::uint64_t id);

[[nodiscard]] std::string native_asset();
// Requires: a code of at most four letters.
[[nodiscard]] std::string credit_asset(std::string_view code, std::string_view issuer);

[[nodiscard]] std::string sc_symbol(std::string_view text);
[[nodiscard]] std::string sc_string(std::string_view text);
[[nodiscard]] std::string sc_u32(std::uint32_t number);
[[nodiscard]] std::string sc_void();
[[nodiscard]] std::string sc_i128(std::int64_t number);
[[nodiscard]] std::string sc_account(std::string_view key);
[[nodiscard]] std::string sc_contract(std::string_view id);
[[nodiscard]] std::string sc_muxed_contract(std::string_view id, std::uint64_t account);
[[nodiscard]] std::string sc_vec(std::vector<std::string> const& values);
// {amount: i128, to_muxed_id: string or u64}, as CAP-67 has it.
[[nodiscard]] std::string sc_amount_with_memo(std::int64_t amount, std::string_view memo);
[[nodiscard]] std::string sc_amount_with_id(std::int64_t amount, std::uint64_t id);

[[nodiscard]] std::string contract_event(std::string_view contract,
                                         std::vector<std::string> const& topics,
                                         std::string const& value);

// The two changes that say what there was and what there is now.
[[nodiscard]] std::string updated(std::string const& before, std::string const& after);
[[nodiscard]] std::string created(std::string const& entry);

struct AccountState {
    std::string key;
    std::int64_t balance = 0;
    std::int64_t sequence = 0;
    std::uint32_t changed_in = 0;  // the ledger of its last change
    std::string sponsor{};         // key; empty: none
    std::string signer{};          // another key that may sign; empty: none
    std::string home_domain{};
};

// The whole LedgerEntry.
[[nodiscard]] std::string account_entry(AccountState const& state);
[[nodiscard]] std::string code_entry(std::string_view hash, std::string_view code,
                                     std::uint32_t ledger);
[[nodiscard]] std::string ttl_entry(std::string_view key_hash, std::uint32_t live_until,
                                    std::uint32_t ledger);

}  // namespace indexer::simulator::stellar
