#include "stellar/verdict.hpp"

#include "rpc/limit_shapes.hpp"

namespace indexer::stellar {
namespace {

using rpc::Verdict;

bool contains(std::string_view text, std::string_view part) noexcept {
    return text.find(part) != std::string_view::npos;
}

}  // namespace

bool says_out_of_range(std::string_view message) noexcept {
    // "start ledger (5) must be between the oldest ledger: 10 and the latest ledger: 20 …", the
    // same of a cursor, "startLedger must be within the ledger range: 2 - 2", and "database does
    // not contain metadata for ledger: 5".
    return contains(message, "oldest ledger") || contains(message, "ledger range:") ||
           contains(message, "does not contain metadata for ledger");
}

Verdict verdict(std::int64_t code, std::string_view message) noexcept {
    // Another server may hold it; this one will not serve it however often it is asked.
    if (says_out_of_range(message)) return Verdict::refused;
    if (contains(message, "queue limit")) return Verdict::busy;
    if (auto const limit = rpc::limit_in(message)) return *limit;
    switch (code) {
        case code::kTooSlow:
            return Verdict::later;
        case code::kPanic:
            return Verdict::ailing;
        default:
            return rpc::standard_verdict(code, message);
    }
}

}  // namespace indexer::stellar
