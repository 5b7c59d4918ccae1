#include "solana/compute_budget.hpp"

#include <string>
#include <string_view>

#include "solana/base58.hpp"
#include "solana/programs.hpp"

namespace indexer::solana {
namespace {

constexpr std::int64_t kLamportsPerSignature = 5'000;

// First byte of the instruction's data. Source: Agave, ComputeBudgetInstruction (Borsh).
constexpr char kRequestUnits = 0;  // until 2022: u32 units, u32 additional fee
constexpr char kSetUnitLimit = 2;  // u32
constexpr char kSetUnitPrice = 3;  // u64

std::uint64_t little_endian(std::string_view bytes) noexcept {
    std::uint64_t value = 0;
    for (auto i = bytes.size(); i-- > 0;) {
        value = value << 8 | static_cast<unsigned char>(bytes[i]);
    }
    return value;
}

void take(std::string_view data, ComputeBudget& budget) {
    bool const sets_limit =
        data.size() >= 5 && (data[0] == kSetUnitLimit || data[0] == kRequestUnits);
    if (sets_limit) {
        budget.unit_limit = static_cast<std::int64_t>(little_endian(data.substr(1, 4)));
    } else if (data.size() >= 9 && data[0] == kSetUnitPrice) {
        budget.unit_price = little_endian(data.substr(1, 8));
    }
}

bool checks_signatures(std::string_view program) noexcept {
    return program == programs::kEd25519 || program == programs::kSecp256k1 ||
           program == programs::kSecp256r1;
}

// The first byte of these programs' data says how many signatures they check.
std::int64_t checked_signatures(Transaction const& transaction) {
    std::int64_t count = 0;
    std::string data;
    for (Instruction const& instruction : transaction.instructions) {
        if (!checks_signatures(transaction.program(instruction))) continue;
        if (base58::decode(instruction.data, data) && !data.empty()) {
            count += static_cast<unsigned char>(data.front());
        }
    }
    return count;
}

}  // namespace

ComputeBudget compute_budget(Transaction const& transaction) {
    ComputeBudget budget{.unit_limit = transaction.declared_unit_limit, .unit_price = {}};
    std::string data;
    for (Instruction const& instruction : transaction.instructions) {
        if (transaction.program(instruction) != programs::kComputeBudget) continue;
        if (base58::decode(instruction.data, data)) take(data, budget);
    }
    return budget;
}

std::optional<std::int64_t> priority_fee(Transaction const& transaction) {
    if (!transaction.fee) return std::nullopt;
    auto const signatures = transaction.signature_count + checked_signatures(transaction);
    auto const above = *transaction.fee - signatures * kLamportsPerSignature;
    if (above < 0) return std::nullopt;
    return above;
}

}  // namespace indexer::solana
