#include "cli/text.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include <fmt/format.h>

#include "base/text.hpp"

namespace indexer::cli {
namespace {

// Characters, not bytes: continuation bytes of UTF-8 take no room.
std::size_t width(std::string const& text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

std::vector<std::size_t> column_widths(std::vector<std::vector<std::string>> const& rows) {
    std::vector<std::size_t> widths;
    for (auto const& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t column = 0; column < row.size(); ++column) {
            widths[column] = std::max(widths[column], width(row[column]));
        }
    }
    return widths;
}

}  // namespace

std::string grouped(std::uint64_t number) {
    auto text = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3) {
        text.insert(static_cast<std::size_t>(at), 1, ',');
    }
    return text;
}

std::string counted(std::uint64_t number, std::string_view noun) {
    return fmt::format("{} {}{}", grouped(number), noun, number == 1 ? "" : "s");
}

std::string range_text(base::SeqRange range) {
    if (range.size() == 1) return std::to_string(range.begin.value());
    return fmt::format("{}-{}", range.begin.value(), range.last().value());
}

std::string elapsed_text(std::chrono::steady_clock::duration elapsed) {
    double const seconds = std::chrono::duration<double>(elapsed).count();
    if (seconds < 9.95) return fmt::format("{:.1f} s", seconds);
    auto const whole = std::llround(seconds);
    if (whole < 60) return fmt::format("{} s", whole);
    if (whole < 3'600) return fmt::format("{} m {} s", whole / 60, whole % 60);
    return fmt::format("{} h {} m", whole / 3'600, whole % 3'600 / 60);
}

std::string table_text(std::vector<std::vector<std::string>> const& cells) {
    auto rows = cells;
    for (auto& row : rows) {
        for (auto& cell : row) cell = base::plain_text(cell);
    }
    auto const widths = column_widths(rows);
    std::string text;
    for (auto const& row : rows) {
        std::string line;
        for (std::size_t column = 0; column < row.size(); ++column) {
            line += row[column];
            line.append(widths[column] - width(row[column]) + 2, ' ');
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

std::string lines_text(std::string_view text) {
    constexpr auto kWhole = std::numeric_limits<std::size_t>::max() / 2;
    std::string lines;
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        lines += base::plain_text(text.substr(0, end), kWhole);
        if (end < text.size()) lines += '\n';
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

void print_lines(std::string_view text) {
    fmt::print("{}", lines_text(text));
}

void add_vouchers(std::vector<std::vector<std::string>>& rows, Vouchers const& vouchers) {
    if (!vouchers.by_hash.empty()) rows.push_back({"by hash", std::string(vouchers.by_hash)});
    if (!vouchers.by_word.empty()) rows.push_back({"by word", std::string(vouchers.by_word)});
}

}  // namespace indexer::cli
