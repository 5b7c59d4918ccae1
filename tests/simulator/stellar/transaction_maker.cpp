#include "tests/simulator/stellar/transaction_maker.hpp"

#include <optional>

#include "tests/simulator/encoding/xdr.hpp"

namespace indexer::simulator::stellar {
namespace {

using indexer::stellar::sha256;

constexpr std::uint32_t kBeforeAll = 0;
constexpr std::uint32_t kAfterAll = 2;

constexpr std::uint64_t kContent = 20;
constexpr std::uint64_t kSignature = 21;
constexpr std::int64_t kFee = 100;
constexpr double kFeeBumps = 0.1;

// One transaction before it is written.
struct Draft {
    std::uint64_t source = 0;
    std::optional<std::uint64_t> fee_source;  // of a fee bump
    std::int64_t sequence = 0;
    std::int64_t taken = kFee;  // before all transactions
    std::int64_t refund = 0;
    ActionKind kind = ActionKind::payment;
    Action action{};

    [[nodiscard]] std::uint64_t payer() const { return fee_source.value_or(source); }
    [[nodiscard]] bool soroban() const { return is_soroban(kind); }
    [[nodiscard]] std::int64_t charged() const { return taken - refund; }
};

std::string signature(Scene const& scene, std::string const& key, std::int64_t salt) {
    auto const half = made_key(scene.seed, kSignature, static_cast<std::uint64_t>(salt));
    return Xdr().raw(key.substr(28)).bytes(half + half);
}

std::string changes_list(std::vector<std::string> const& pairs) {
    // Each element is two changes, but for created entries.
    std::uint64_t count = 0;
    std::string all;
    for (std::string const& changes : pairs) {
        count += static_cast<unsigned char>(changes[3]) == 0 ? 1 : 2;
        all += changes;
    }
    return Xdr().u32(count).raw(all);
}

// Resources of a Soroban transaction; nothing for another.
std::string extension(Draft const& draft) {
    if (!draft.soroban()) return Xdr().u32(0);
    return Xdr().u32(1).u32(0).u32(0).u32(0).u32(1'000'000).u32(2'000).u32(1'000).i64(draft.taken);
}

std::string transaction(Scene const& scene, Draft const& draft) {
    Xdr xdr;
    xdr.raw(account_id(scene.accounts.state(draft.source).key));
    xdr.u32(static_cast<std::uint64_t>(draft.taken) * 10).i64(draft.sequence).u32(0);
    xdr.raw(draft.action.memo).array({Xdr().absent().raw(draft.action.body).text()});
    return xdr.raw(extension(draft));
}

std::string inner_result(Draft const& draft, std::int64_t fee) {
    Xdr xdr;
    xdr.i64(fee).i32(draft.action.success ? 0 : -1);
    return xdr.array({Xdr().i32(0).raw(draft.action.result).text()}).u32(0);
}

void write_plain(Scene const& scene, Draft const& draft, MadeTransaction& made) {
    auto const body = transaction(scene, draft);
    auto const& key = scene.accounts.state(draft.source).key;
    made.envelope = Xdr().u32(2).raw(body).array({signature(scene, key, draft.sequence)});
    made.hash = sha256(Xdr().raw(scene.network.bytes()).u32(2).raw(body).text()).bytes();
    made.result = inner_result(draft, draft.charged());
}

void write_fee_bump(Scene const& scene, Draft const& draft, MadeTransaction& made) {
    auto const inner = transaction(scene, draft);
    auto const& key = scene.accounts.state(draft.source).key;
    auto const& payer = scene.accounts.state(draft.payer()).key;
    auto const inner_hash = sha256(Xdr().raw(scene.network.bytes()).u32(2).raw(inner).text());
    Xdr body;
    body.raw(account_id(payer)).i64(draft.taken * 20).u32(2).raw(inner);
    body.array({signature(scene, key, draft.sequence)}).u32(0);
    made.envelope = Xdr().u32(5).add(body).array({signature(scene, payer, draft.sequence + 1)});
    made.hash = sha256(Xdr().raw(scene.network.bytes()).u32(5).add(body).text()).bytes();
    made.result = Xdr().i64(draft.charged()).i32(draft.action.success ? 1 : -13);
    made.result += Xdr().raw(inner_hash.bytes()).raw(inner_result(draft, 0)).u32(0);
}

std::string fee_event(Scene const& scene, Draft const& draft, std::uint32_t stage,
                      std::int64_t amount) {
    auto const payer = sc_account(scene.accounts.state(draft.payer()).key);
    return Xdr().u32(stage).raw(
        contract_event(native_contract(scene.network), {sc_symbol("fee"), payer}, sc_i128(amount)));
}

std::string meta_v4(Scene const& scene, Draft const& draft, std::string const& before) {
    auto const& action = draft.action;
    Xdr xdr;
    xdr.u32(4).u32(0).raw(before);
    if (action.success) {
        xdr.u32(1).u32(0).raw(changes_list(action.changes)).array(action.events);
    } else {
        xdr.u32(0);
    }
    xdr.u32(0);
    if (draft.soroban()) {
        xdr.present(Xdr().u32(0).present(sc_void()).text());
    } else {
        xdr.absent();
    }
    std::vector<std::string> fees{fee_event(scene, draft, kBeforeAll, draft.taken)};
    if (draft.refund > 0) fees.push_back(fee_event(scene, draft, kAfterAll, -draft.refund));
    return xdr.array(fees).u32(0);
}

std::string meta_v3(Draft const& draft, std::string const& before, std::string const& refund) {
    auto const& action = draft.action;
    Xdr xdr;
    xdr.u32(3).u32(0).raw(before);
    if (action.success) {
        xdr.u32(1).raw(changes_list(action.changes));
    } else {
        xdr.u32(0);
    }
    xdr.raw(refund);
    if (!draft.soroban()) return xdr.absent();
    return xdr.present(Xdr().u32(0).array(action.events).raw(sc_void()).u32(0).text());
}

Draft make_draft(Scene const& scene, std::size_t n, TransactionMixture const& mixture,
                 Random& random) {
    Draft draft;
    draft.source = (scene.ledger + n) % scene.population;
    draft.sequence = (std::int64_t{scene.ledger} << 20U) + (1 << 19) + static_cast<std::int64_t>(n);
    bool const call = mixture.call_rate > 0 && random.chance(mixture.call_rate);
    draft.kind = call ? ActionKind::token_call : pick_action(mixture.failure_rate, random);
    if (draft.soroban()) {
        draft.taken = 50'000 + static_cast<std::int64_t>(random.below(50'000));
        draft.refund = static_cast<std::int64_t>(random.between(1, 40'000));
    } else if (random.chance(kFeeBumps)) {
        draft.fee_source = (draft.source + 1) % scene.population;
        draft.taken = 2 * kFee;
    }
    return draft;
}

std::vector<Draft> make_drafts(Scene const& scene, TransactionMixture const& mixture,
                               Random& random) {
    auto const most = mixture.transactions + mixture.transactions / 2;
    auto const count = random.between(mixture.transactions / 2, most);
    std::vector<Draft> drafts;
    for (std::size_t n = 0; n < count; ++n) {
        drafts.push_back(make_draft(scene, n, mixture, random));
    }
    return drafts;
}

void apply(Scene const& scene, Draft& draft, MadeTransaction& made, Random& random) {
    auto const before = changes_list({scene.accounts.set_sequence(draft.source, draft.sequence)});
    draft.action = act(scene, draft.kind, draft.source, random);
    made.soroban = draft.soroban();
    draft.fee_source ? write_fee_bump(scene, draft, made) : write_plain(scene, draft, made);
    auto const refund = [&] {
        return draft.refund == 0 ? changes_list({})
                                 : changes_list({scene.accounts.pay(draft.payer(), -draft.refund)});
    };
    if (scene.unified_events) {
        made.meta = meta_v4(scene, draft, before);
        made.refund_changes = refund();
    } else {
        made.meta = meta_v3(draft, before, refund());
    }
}

}  // namespace

std::vector<MadeTransaction> make_transactions(Scene const& scene,
                                               TransactionMixture const& mixture) {
    Random random(mix(scene.seed, kContent, scene.ledger));
    auto drafts = make_drafts(scene, mixture, random);
    std::vector<MadeTransaction> made(drafts.size());
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        made[i].fee_changes =
            changes_list({scene.accounts.pay(drafts[i].payer(), drafts[i].taken)});
    }
    for (std::size_t i = 0; i < drafts.size(); ++i) apply(scene, drafts[i], made[i], random);
    return made;
}

}  // namespace indexer::simulator::stellar
