#include "stellar/result.hpp"

namespace indexer::stellar {
namespace {

// TransactionResultCode
constexpr std::int32_t kFeeBumpInnerSuccess = 1;
constexpr std::int32_t kSuccess = 0;
constexpr std::int32_t kFeeBumpInnerFailed = -13;

}  // namespace

bool succeeded(xdr::Value const& result) {
    auto const code = result["result"].discriminant();
    return code == kSuccess || code == kFeeBumpInnerSuccess;
}

xdr::OptionalValue operation_results(xdr::Value const& result) {
    auto const outcome = result["result"];
    auto const code = outcome.discriminant();
    auto const is_fee_bump = code == kFeeBumpInnerSuccess || code == kFeeBumpInnerFailed;
    if (!is_fee_bump) return outcome.content();
    return (*outcome.content())["result"]["result"].content();
}

}  // namespace indexer::stellar
