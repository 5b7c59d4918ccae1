#include "solana/programs/trace.hpp"

#include "solana/base58.hpp"
#include "solana/programs/anchor.hpp"
#include "solana/programs/program.hpp"

namespace indexer::solana {
namespace {

// The longest text of the 10 KiB that Agave lets an instruction carry
// (MAX_INSTRUCTION_DATA_LEN); what is longer is not decoded, because that takes time by its square.
constexpr std::size_t kMostText = 14'000;

bool is_below(Call const& later, Call const& call) noexcept {
    if (later.at.instruction_index != call.at.instruction_index) return false;
    if (later.height != 0) return later.height > call.height;
    return later.program == nullptr || later.program->swaps == nullptr;
}

bool is_decoded(Call const& call) noexcept {
    return call.program != nullptr && call.text.size() <= kMostText;
}

}  // namespace

void Trace::load(Transaction const& transaction) {
    calls_.clear();
    auto inner = transaction.inner_instructions.begin();
    for (Instruction const& instruction : transaction.instructions) {
        add(transaction, instruction, Position::kNone);
        std::int16_t index = 0;
        for (; inner != transaction.inner_instructions.end(); ++inner, ++index) {
            if (inner->outer != instruction.outer) break;
            add(transaction, *inner, index);
        }
    }
    decode_data();
}

void Trace::add(Transaction const& transaction, Instruction const& instruction,
                std::int16_t inner_index) {
    calls_.push_back({.transaction = &transaction,
                      .program = find_program(transaction.program(instruction)),
                      .accounts = transaction.accounts_of(instruction),
                      .text = instruction.data,
                      .data = {},
                      .height = instruction.stack_height,
                      .at = {.ordinal = calls_.size(),
                             .instruction_index = instruction.outer,
                             .inner_index = inner_index,
                             .batch_index = Position::kNone}});
}

void Trace::decode_data() {
    std::size_t most = 0;
    for (Call const& call : calls_) most += is_decoded(call) ? call.text.size() : 0;
    if (bytes_.size() < most) bytes_.resize(most);
    char* out = bytes_.data();
    for (Call& call : calls_) {
        if (!is_decoded(call)) continue;
        auto const size = base58::decode(call.text, out);
        if (!size) continue;
        call.data = {out, *size};
        out += *size;
    }
}

std::span<Call const> Trace::below(Call const& call) const noexcept {
    auto const later = calls().subspan(call.at.ordinal + 1);
    std::size_t count = 0;
    while (count < later.size() && is_below(later[count], call)) ++count;
    return later.first(count);
}

Call const* Trace::caller(Call const& call) const noexcept {
    for (auto i = call.at.ordinal; i-- > 0;) {
        if (calls_[i].at.instruction_index != call.at.instruction_index) break;
        if (calls_[i].height + 1 == call.height) return &calls_[i];
    }
    return nullptr;
}

Call const* Trace::reported(Call const& event) const noexcept {
    if (event.height == 0) return nearest_reported(event);
    auto const* const call = caller(event);
    return call != nullptr && call->program == event.program ? call : nullptr;
}

Call const* Trace::nearest_reported(Call const& event) const noexcept {
    for (auto i = event.at.ordinal; i-- > 0;) {
        if (calls_[i].at.instruction_index != event.at.instruction_index) break;
        bool const is_event = !anchor::event_cpi(calls_[i].data).empty();
        if (calls_[i].program == event.program && !is_event) return &calls_[i];
    }
    return nullptr;
}

Call const* Trace::aggregator(Call const& call) const noexcept {
    auto const* above = caller(call);
    while (above != nullptr && !(above->program != nullptr && above->program->aggregates)) {
        above = caller(*above);
    }
    return above;
}

}  // namespace indexer::solana
