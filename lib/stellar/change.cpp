#include "stellar/change.hpp"

namespace indexer::stellar {

ChangeKind change_kind(xdr::Value const& change) {
    return static_cast<ChangeKind>(change.discriminant());
}

xdr::OptionalValue changed_entry(xdr::Value const& change, std::int32_t type) {
    auto const content = *change.content();
    auto const entry = change_kind(change) == ChangeKind::removed ? content : content["data"];
    if (entry.discriminant() != type) return std::nullopt;
    return entry.content();
}

}  // namespace indexer::stellar
