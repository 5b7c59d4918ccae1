#include "solana/verdict.hpp"

#include <algorithm>
#include <array>

namespace indexer::solana {

using rpc::Verdict;

namespace {

// Codes with their words, as Agave writes them (rpc-client-api/src/custom_error.rs). Others use the
// same numbers for something else; then the words are others, too.
struct Meaning {
    std::int64_t code;
    std::string_view words;
    Verdict verdict;
};

constexpr std::array kMeanings{
    Meaning{code::kBlockCleanedUp, "cleaned up", Verdict::too_old},
    Meaning{code::kSlotSkipped, "skipped", Verdict::refused},
    Meaning{code::kSlotSkipped, "missing", Verdict::refused},
    Meaning{code::kLongTermStorageSlotSkipped, "skipped", Verdict::refused},
    Meaning{code::kLongTermStorageSlotSkipped, "missing", Verdict::refused},
    Meaning{code::kHistoryNotAvailable, "history is not available", Verdict::refused},
    // Of an old node, or a proxy that drops parameters.
    Meaning{code::kUnsupportedVersion, "ransaction version", Verdict::refused},
    Meaning{code::kBlockNotAvailable, "lock not available", Verdict::not_yet},
    Meaning{code::kBlockStatusNotYet, "lock status not yet available", Verdict::not_yet},
    Meaning{code::kNodeUnhealthy, "ode is ", Verdict::ailing},
    // getBlocks reports trouble with its own storage as the caller's fault.
    Meaning{code::kInvalidParams, "BigTable", Verdict::later},
};

}  // namespace

Verdict verdict(std::int64_t code, std::string_view message) noexcept {
    auto const standard = rpc::standard_verdict(code, message);
    if (standard == Verdict::busy || standard == Verdict::exhausted) return standard;
    auto const* const found =
        std::find_if(kMeanings.begin(), kMeanings.end(), [&](Meaning const& meaning) {
            return meaning.code == code && message.find(meaning.words) != std::string_view::npos;
        });
    return found == kMeanings.end() ? standard : found->verdict;
}

bool says_unavailable(std::int64_t code) noexcept {
    switch (code) {
        case code::kBlockCleanedUp:
        case code::kBlockNotAvailable:
        case code::kSlotSkipped:
        case code::kLongTermStorageSlotSkipped:
        case code::kBlockStatusNotYet:
        case code::kLongTermStorageUnreachable:
            return true;
        default:
            return false;
    }
}

}  // namespace indexer::solana
