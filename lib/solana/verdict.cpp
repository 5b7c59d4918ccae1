#include "solana/verdict.hpp"

namespace indexer::solana {

using rpc::Verdict;

Verdict verdict(std::int64_t code, std::string_view message) noexcept {
    auto const standard = rpc::standard_verdict(code, message);
    if (standard == Verdict::busy) return standard;
    switch (code) {
        case code::kBlockCleanedUp:
            return Verdict::too_old;
        case code::kSlotSkipped:
        case code::kLongTermStorageSlotSkipped:
        case code::kHistoryNotAvailable:
        case code::kUnsupportedVersion:  // of an old node, or a proxy that drops parameters
            return Verdict::refused;
        case code::kBlockNotAvailable:
        case code::kBlockStatusNotYet:
            return Verdict::not_yet;
        case code::kNodeUnhealthy:
            return Verdict::ailing;
        case code::kInvalidParams: {
            // getBlocks reports trouble with its own storage as the caller's fault.
            bool const storage = message.find("BigTable") != std::string_view::npos;
            return storage ? Verdict::later : Verdict::never;
        }
        default:
            return standard;
    }
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
