#include "solana/programs/program.hpp"

#include <algorithm>
#include <array>

#include "solana/programs.hpp"
#include "solana/programs/system.hpp"
#include "solana/programs/token.hpp"

namespace indexer::solana {
namespace {

constexpr std::array kPrograms{
    Program{.address = programs::kSystem, .moves = system_moves},
    Program{.address = programs::kToken, .moves = token_moves},
    Program{.address = programs::kToken2022, .moves = token_moves},
};

}  // namespace

Program const* find_program(std::string_view address) noexcept {
    auto const found =
        std::find_if(kPrograms.begin(), kPrograms.end(),
                     [&](Program const& program) { return program.address == address; });
    return found == kPrograms.end() ? nullptr : &*found;
}

}  // namespace indexer::solana
