#include "rpc/limit_shapes.hpp"

#include <algorithm>
#include <array>

namespace indexer::rpc {
namespace {

constexpr auto kBusy = Verdict::busy;
constexpr auto kExhausted = Verdict::exhausted;

// The first that fits decides: a used-up quota is often told as a rate as well.
constexpr std::array kShapes{
    LimitShape{"daily request count exceeded", kExhausted, "Infura",
               "https://github.com/alloy-rs/alloy, crates/transport/src/error.rs"},
    LimitShape{"monthly capacity limit", kExhausted, "Alchemy (-32600, -32000, 429; HTTP 403)",
               "https://github.com/xmtp/xmtpd/issues/672"},
    LimitShape{"monthly quota", kExhausted, "a gateway, as a bare string", "a user's report"},
    LimitShape{"max usage reached", kExhausted, "Helius (-32429, or the bare words)",
               "programs that call it"},
    LimitShape{"rate limit", kBusy, "Triton, public nodes of Solana and Base, Cloudflare, Kong",
               "https://github.com/solana-foundation/solana-go/issues/119"},
    LimitShape{"too many requests", kBusy, "Solana's public nodes (429), Infura (-32005)",
               "https://github.com/nautechsystems/nautilus_trader/pull/3227"},
    LimitShape{"request limit", kBusy, "QuickNode (-32007)",
               "https://github.com/foundry-rs/foundry/issues/4894"},
    LimitShape{"credits limited", kBusy, "QuickNode (-32012, -32003)",
               "https://github.com/foundry-rs/foundry/pull/6712"},
    LimitShape{"account limited to", kBusy, "QuickNode", "programs that call it"},
    LimitShape{"requests per second", kBusy, "QuickNode (429)",
               "https://www.quicknode.com/docs/solana/error-references"},
    LimitShape{"rps limit", kBusy, "Chainstack (-32005)", "programs that call it"},
    LimitShape{"compute units per second", kBusy, "Alchemy (429), ThunderCore (-32005)",
               "https://docs.alchemy.com/reference/throughput"},
    LimitShape{"complete request at this time", kBusy, "Alchemy (-32001; HTTP 503)",
               "programs that call it"},
    LimitShape{"rate exceeded", kBusy, "Infura (-32005)",
               "https://github.com/alloy-rs/alloy, crates/transport/src/error.rs"},
    LimitShape{"number of concurrent requests", kBusy, "nodes of several makers",
               "https://github.com/alloy-rs/alloy, crates/transport/src/error.rs"},
    LimitShape{"limit exceeded", kBusy, "who follows EIP-1474 (-32005)",
               "https://eips.ethereum.org/EIPS/eip-1474"},
    // Of a minute, an hour or a day; whoever asks slower for long enough learns which.
    LimitShape{"quota", kBusy, "1RPC (-32001), gateways", "1RPC's documentation"},
};

char plain(char c) noexcept {
    if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
    return c == '-' || c == '_' ? ' ' : c;
}

bool has(std::string_view text, std::string_view words) noexcept {
    auto const same = [](char of_text, char of_words) { return plain(of_text) == of_words; };
    return std::search(text.begin(), text.end(), words.begin(), words.end(), same) != text.end();
}

}  // namespace

std::span<LimitShape const> limit_shapes() noexcept {
    return kShapes;
}

std::optional<Verdict> limit_in(std::string_view text) noexcept {
    auto const* const found = std::find_if(kShapes.begin(), kShapes.end(),
                                           [&](LimitShape const& s) { return has(text, s.words); });
    if (found == kShapes.end()) return std::nullopt;
    return found->verdict;
}

}  // namespace indexer::rpc
