#include "tests/simulator/stellar/actions.hpp"

#include "stellar/identity.hpp"
#include "stellar/strkey.hpp"
#include "tests/simulator/encoding/xdr.hpp"

namespace indexer::simulator::stellar {
namespace {

using indexer::stellar::sha256;

constexpr std::uint64_t kIssuer = 10;
constexpr std::uint64_t kToken = 11;
constexpr std::uint64_t kCode = 12;
constexpr std::uint64_t kNewcomer = 13;
constexpr std::uint32_t kCreateAccount = 0;
constexpr std::uint32_t kPayment = 1;
constexpr std::uint32_t kInvokeHostFunction = 24;

constexpr std::string_view kCode4 = "USDC";
constexpr std::string_view kMemo = "order 42";
constexpr std::uint64_t kTokens = 3;
constexpr std::uint32_t kLifetime = 120'960;

// Of an operation: its type, then its code.
std::string result_of(std::uint32_t type, std::int64_t code) {
    return Xdr().u32(type).i32(code);
}

std::int64_t amount(Random& random) {
    return static_cast<std::int64_t>(random.between(1, 100'000'000));
}

std::string asset_contract(Scene const& scene, std::string const& asset) {
    return std::string(indexer::stellar::asset_contract_id(scene.network, asset).bytes());
}

Action payment(Scene const& scene, std::uint64_t source, Random& random) {
    auto const target = random.below(scene.population);
    auto const paid = amount(random);
    bool const tagged = random.chance(0.2);
    auto const from = scene.accounts.state(source).key;
    auto const to = scene.accounts.state(target).key;
    Action action{.body = Xdr().u32(kPayment).raw(account_id(to)).raw(native_asset()).i64(paid),
                  .result = result_of(kPayment, 0)};
    if (tagged) action.memo = Xdr().u32(1).bytes(kMemo);
    action.changes = {scene.accounts.pay(source, paid), scene.accounts.pay(target, -paid)};
    if (!scene.unified_events) return action;
    action.events = {contract_event(
        native_contract(scene.network),
        {sc_symbol("transfer"), sc_account(from), sc_account(to), sc_string("native")},
        tagged ? sc_amount_with_memo(paid, kMemo) : sc_i128(paid))};
    return action;
}

// An issuer's asset comes into being when it is sent, and is gone when it is sent back.
Action credit_payment(Scene const& scene, std::uint64_t source, Random& random) {
    auto const issuer = made_key(scene.seed, kIssuer, 0);
    auto const asset = credit_asset(kCode4, issuer);
    auto const from = scene.accounts.state(source).key;
    bool const back = random.chance(0.3);
    auto const to = back ? issuer : scene.accounts.state(random.below(scene.population)).key;
    auto const paid = amount(random);
    auto const target = back ? account_id(to) : muxed_account(to, random.next());
    Action action{.body = Xdr().u32(kPayment).raw(target).raw(asset).i64(paid),
                  .result = result_of(kPayment, 0)};
    if (!scene.unified_events) return action;
    auto const name =
        std::string(kCode4) + ":" +
        indexer::stellar::format_strkey(indexer::stellar::StrKeyKind::account, issuer);
    std::vector<std::string> topics{sc_symbol(back ? "burn" : "transfer"), sc_account(from)};
    if (!back) topics.push_back(sc_account(to));
    topics.push_back(sc_string(name));
    action.events = {contract_event(asset_contract(scene, asset), topics, sc_i128(paid))};
    return action;
}

Action failed_payment(Scene const& scene, Random& random) {
    auto const nobody = made_key(scene.seed, kNewcomer, random.next());
    constexpr std::int64_t kNoDestination = -5;
    return {.body = Xdr().u32(kPayment).raw(account_id(nobody)).raw(native_asset()).i64(5),
            .result = result_of(kPayment, kNoDestination),
            .success = false};
}

Action create_account(Scene const& scene, std::uint64_t source, Random& random) {
    auto const given = 10'000'000 + amount(random);
    AccountState const newcomer{.key = made_key(scene.seed, kNewcomer, random.next()),
                                .balance = given,
                                .sequence = std::int64_t{scene.ledger} << 32U,
                                .changed_in = scene.ledger};
    auto const from = scene.accounts.state(source).key;
    Action action{.body = Xdr().u32(kCreateAccount).raw(account_id(newcomer.key)).i64(given),
                  .result = result_of(kCreateAccount, 0)};
    action.changes = {scene.accounts.pay(source, given), created(account_entry(newcomer))};
    if (!scene.unified_events) return action;
    action.events = {contract_event(
        native_contract(scene.network),
        {sc_symbol("transfer"), sc_account(from), sc_account(newcomer.key), sc_string("native")},
        sc_i128(given))};
    return action;
}

std::string invocation(std::string const& contract, std::string const& function,
                       std::vector<std::string> const& arguments) {
    Xdr xdr;
    xdr.u32(kInvokeHostFunction).u32(0).u32(1).raw(contract).bytes(function);
    return xdr.array(arguments).u32(0);
}

std::string invocation_result(std::string const& event) {
    return result_of(kInvokeHostFunction, 0) + std::string(sha256(event).bytes());
}

// To an account that a contract keeps: the call names both as one address, the event the contract
// and the account apart (CAP-84).
Action transfer_to_contract(Scene const& scene, std::string const& token, std::string const& self,
                            Random& random) {
    auto const keeper = made_key(scene.seed, kToken, kTokens);
    auto const account = random.next();
    auto const moved = amount(random);
    auto const event = contract_event(token, {sc_symbol("transfer"), self, sc_contract(keeper)},
                                      sc_amount_with_id(moved, account));
    return {.body = invocation(token, "transfer",
                               {self, sc_muxed_contract(keeper, account), sc_i128(moved)}),
            .result = invocation_result(event),
            .events = {event}};
}

// A call of a token contract of its own kind (SEP-41).
Action token_call(Scene const& scene, std::uint64_t source, Random& random) {
    auto const token = made_key(scene.seed, kToken, random.below(kTokens));
    auto const self = sc_account(scene.accounts.state(source).key);
    if (scene.muxed_contracts && random.chance(0.2)) {
        return transfer_to_contract(scene, token, self, random);
    }
    auto const other = sc_account(scene.accounts.state(random.below(scene.population)).key);
    auto const moved = sc_i128(amount(random));
    auto const dice = random.below(10);
    std::string name = dice < 6 ? "transfer" : dice < 8 ? "mint" : dice < 9 ? "burn" : "approve";
    std::vector<std::string> topics{sc_symbol(name), self};
    if (name == "transfer" || name == "approve") topics.push_back(other);
    auto const until = scene.ledger + kLifetime;
    auto const value = name == "approve" ? sc_vec({moved, sc_u32(until)}) : moved;
    std::vector<std::string> const events(scene.events_per_call,
                                          contract_event(token, topics, value));
    return {.body = invocation(token, name, {self, other, moved}),
            .result = invocation_result(events.front()),
            .events = events};
}

Action upload(Scene const& scene, Random& random) {
    auto code = std::string("\0asm\1\0\0\0", 8) + made_key(scene.seed, kCode, random.next());
    auto const hash = std::string(sha256(code).bytes());
    auto const key_hash = std::string(sha256(Xdr().u32(7).raw(hash).text()).bytes());
    return {.body = Xdr().u32(kInvokeHostFunction).u32(2).bytes(code).u32(0),
            .result = result_of(kInvokeHostFunction, 0) + hash,
            .changes = {created(ttl_entry(key_hash, scene.ledger + kLifetime, scene.ledger)),
                        created(code_entry(hash, code, scene.ledger))}};
}

}  // namespace

std::string native_contract(indexer::stellar::Hash const& network) {
    return std::string(indexer::stellar::asset_contract_id(network, native_asset()).bytes());
}

std::string no_memo() {
    return Xdr().u32(0);
}

ActionKind pick_action(double failure_rate, Random& random) {
    if (random.chance(failure_rate)) return ActionKind::failed_payment;
    auto const dice = random.below(100);
    if (dice < 40) return ActionKind::payment;
    if (dice < 60) return ActionKind::credit_payment;
    if (dice < 64) return ActionKind::create_account;
    if (dice < 98) return ActionKind::token_call;
    return ActionKind::upload;
}

Action act(Scene const& scene, ActionKind kind, std::uint64_t source, Random& random) {
    switch (kind) {
        case ActionKind::payment:
            return payment(scene, source, random);
        case ActionKind::credit_payment:
            return credit_payment(scene, source, random);
        case ActionKind::failed_payment:
            return failed_payment(scene, random);
        case ActionKind::create_account:
            return create_account(scene, source, random);
        case ActionKind::token_call:
            return token_call(scene, source, random);
        case ActionKind::upload:
            return upload(scene, random);
    }
    return {};
}

}  // namespace indexer::simulator::stellar
