#include "solana/transaction_error.hpp"

#include <charconv>
#include <cstdint>
#include <optional>

namespace indexer::solana {
namespace {

bool may_be_in_name(char c) noexcept {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// A text that is taken apart from its beginning on.
class Rest {
  public:
    explicit Rest(std::string_view text) noexcept : text_(text) {}

    [[nodiscard]] bool take(std::string_view expected) noexcept {
        if (!text_.starts_with(expected)) return false;
        text_.remove_prefix(expected.size());
        return true;
    }
    // Of an enumerator, with its quotes: empty where none follows, and nothing is taken then.
    [[nodiscard]] std::string_view take_name() noexcept {
        if (!text_.starts_with('"')) return {};
        std::size_t end = 1;
        while (end < text_.size() && may_be_in_name(text_[end])) ++end;
        if (end == 1 || end == text_.size() || text_[end] != '"') return {};
        auto const name = text_.substr(1, end - 1);
        text_.remove_prefix(end + 1);
        return name;
    }
    [[nodiscard]] std::optional<std::uint32_t> take_number() noexcept {
        std::uint32_t number = 0;
        auto const [end, error] =
            std::from_chars(text_.data(), text_.data() + text_.size(), number);
        if (error != std::errc{}) return std::nullopt;
        text_.remove_prefix(static_cast<std::size_t>(end - text_.data()));
        return number;
    }
    [[nodiscard]] bool ends_as(std::string_view expected) const noexcept {
        return text_ == expected;
    }

  private:
    std::string_view text_;
};

// [<number of the instruction>,<why>]}, where a program's own error is a number.
bool is_instruction_error(Rest rest, std::size_t instructions) noexcept {
    if (!rest.take("[")) return false;
    auto const instruction = rest.take_number();
    if (!instruction || *instruction >= instructions || !rest.take(",")) return false;
    if (!rest.take_name().empty()) return rest.ends_as("]}");
    if (!rest.take("{")) return false;
    auto const name = rest.take_name();
    if (name.empty() || !rest.take(":")) return false;
    return name != "Custom" || (rest.take_number() && rest.ends_as("}]}"));
}

}  // namespace

bool is_transaction_error(std::string_view error, std::size_t instructions) noexcept {
    Rest rest(error);
    if (!rest.take_name().empty()) return rest.ends_as("");
    if (!rest.take("{")) return false;
    auto const name = rest.take_name();
    if (name.empty() || !rest.take(":")) return false;
    return name != "InstructionError" || is_instruction_error(rest, instructions);
}

}  // namespace indexer::solana
