#pragma once

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "stellar/xdr/value.hpp"
#include "tests/damage/json_damage.hpp"

namespace indexer::damage {

// A ledger, and where what stands in it, found once for all its copies.
class XdrLedger {
  public:
    // `bytes` are a LedgerCloseMeta.
    explicit XdrLedger(std::string bytes);

    [[nodiscard]] std::string const& bytes() const noexcept { return bytes_; }

    // A value of the ledger.
    struct Place {
        std::size_t from = 0;
        std::size_t size = 0;
        stellar::xdr::Kind kind{};
        std::vector<std::size_t> elements{};  // of an array: where each begins, and its end
        std::string_view field;               // that it is, or is below
    };
    // Of what the ledger's header commits to by a hash, and of the rest.
    [[nodiscard]] std::vector<Place> const& places(bool hashed) const noexcept {
        return hashed ? hashed_ : rest_;
    }

  private:
    void find(stellar::xdr::Value value, bool hashed, std::string_view field);
    void find_parts(stellar::xdr::Value value, bool hashed, std::string_view field);

    std::string bytes_;
    std::vector<Place> hashed_;
    std::vector<Place> rest_;
};

struct XdrKind {
    std::string_view name;
    // False when the place has nothing to damage so.
    bool (*hit)(std::string& bytes, XdrLedger::Place const& place, std::mt19937_64& random);
    void (*garble)(std::string& bytes, std::mt19937_64& random) = nullptr;
};

[[nodiscard]] std::vector<XdrKind> const& xdr_kinds();

// Nothing of that kind may be in that part of the ledger: an empty text then.
[[nodiscard]] Damaged damaged(XdrLedger const& ledger, bool hashed, XdrKind const& kind,
                              std::mt19937_64& random);

}  // namespace indexer::damage
