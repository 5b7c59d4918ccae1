#include "tests/simulator/stellar/pieces.hpp"

#include "tests/simulator/encoding/xdr.hpp"

namespace indexer::simulator::stellar {
namespace {

constexpr std::uint32_t kCreated = 0;
constexpr std::uint32_t kUpdated = 1;
constexpr std::uint32_t kState = 3;

std::string entry(std::uint32_t ledger, Xdr const& data, std::string_view sponsor = {}) {
    Xdr xdr;
    xdr.u32(ledger).add(data);
    if (sponsor.empty()) return xdr.u32(0);
    return xdr.u32(1).present(account_id(sponsor)).u32(0);
}

std::string amount_with(std::int64_t amount, std::string const& id) {
    return Xdr().u32(17).u32(1).array(
        {sc_symbol("amount") + sc_i128(amount), sc_symbol("to_muxed_id") + id});
}

// Every signer has an entry for its sponsor; here it is the account's own.
std::string account_extension(AccountState const& state) {
    Xdr xdr;
    xdr.u32(1).i64(0).i64(0);
    xdr.u32(2).u32(0).u32(0);
    if (state.signer.empty()) {
        xdr.u32(0);
    } else {
        xdr.u32(1).absent();
    }
    return xdr.u32(3).u32(0).u32(state.changed_in).u64(state.changed_in * 5ULL);
}

}  // namespace

std::string account_id(std::string_view key) {
    return Xdr().u32(0).raw(key);
}

std::string muxed_account(std::string_view key, std::uint64_t id) {
    return Xdr().u32(0x100).u64(id).raw(key);
}

std::string native_asset() {
    return Xdr().u32(0);
}

std::string credit_asset(std::string_view code, std::string_view issuer) {
    std::string padded(code);
    padded.resize(4, '\0');
    return Xdr().u32(1).raw(padded).raw(account_id(issuer));
}

std::string sc_symbol(std::string_view text) {
    return Xdr().u32(15).bytes(text);
}

std::string sc_string(std::string_view text) {
    return Xdr().u32(14).bytes(text);
}

std::string sc_u32(std::uint32_t number) {
    return Xdr().u32(3).u32(number);
}

std::string sc_void() {
    return Xdr().u32(1);
}

std::string sc_i128(std::int64_t number) {
    return Xdr().u32(10).i64(number < 0 ? -1 : 0).i64(number);
}

std::string sc_account(std::string_view key) {
    return Xdr().u32(18).u32(0).raw(account_id(key));
}

std::string sc_contract(std::string_view id) {
    return Xdr().u32(18).u32(1).raw(id);
}

std::string sc_muxed_contract(std::string_view id, std::uint64_t account) {
    return Xdr().u32(18).u32(5).u64(account).raw(id);
}

std::string sc_vec(std::vector<std::string> const& values) {
    return Xdr().u32(16).u32(1).array(values);
}

std::string sc_amount_with_memo(std::int64_t amount, std::string_view memo) {
    return amount_with(amount, sc_string(memo));
}

std::string sc_amount_with_id(std::int64_t amount, std::uint64_t id) {
    return amount_with(amount, Xdr().u32(5).u64(id));
}

std::string contract_event(std::string_view contract, std::vector<std::string> const& topics,
                           std::string const& value) {
    return Xdr().u32(0).present(contract).u32(1).u32(0).array(topics).raw(value);
}

std::string updated(std::string const& before, std::string const& after) {
    return Xdr().u32(kState).raw(before).u32(kUpdated).raw(after);
}

std::string created(std::string const& entry) {
    return Xdr().u32(kCreated).raw(entry);
}

std::string account_entry(AccountState const& state) {
    Xdr data;
    data.u32(0).raw(account_id(state.key)).i64(state.balance).i64(state.sequence);
    data.u32(0).absent().u32(0).bytes(state.home_domain).raw(std::string_view("\1\0\0\0", 4));
    if (state.signer.empty()) {
        data.u32(0);
    } else {
        data.u32(1).u32(0).raw(state.signer).u32(1);
    }
    return entry(state.changed_in, data.raw(account_extension(state)), state.sponsor);
}

std::string code_entry(std::string_view hash, std::string_view code, std::uint32_t ledger) {
    return entry(ledger, Xdr().u32(7).u32(0).raw(hash).bytes(code));
}

std::string ttl_entry(std::string_view key_hash, std::uint32_t live_until, std::uint32_t ledger) {
    return entry(ledger, Xdr().u32(9).raw(key_hash).u32(live_until));
}

}  // namespace indexer::simulator::stellar
