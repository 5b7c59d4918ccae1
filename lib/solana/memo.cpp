#include "solana/memo.hpp"

#include <simdjson.h>

#include "solana/base58.hpp"
#include "solana/programs.hpp"

namespace indexer::solana {
namespace {

bool is_memo(std::string_view program) noexcept {
    return program == programs::kMemo2 || program == programs::kMemo1;
}

}  // namespace

std::optional<std::string> memo(Transaction const& transaction) {
    std::optional<std::string> memos;
    std::string text;
    for (auto const* list : {&transaction.instructions, &transaction.inner_instructions}) {
        for (Instruction const& instruction : *list) {
            if (!is_memo(transaction.program(instruction))) continue;
            if (!base58::decode(instruction.data, text) || !simdjson::validate_utf8(text)) continue;
            memos = memos ? *memos + '\n' + text : text;
        }
    }
    return memos;
}

}  // namespace indexer::solana
