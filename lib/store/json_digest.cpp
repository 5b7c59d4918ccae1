#include "store/json_digest.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include "store/row_digest.hpp"

namespace indexer::store {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

std::uint64_t digest_of_bytes(char kind, std::string_view bytes) {
    RowDigest digest;
    digest.add_integer(kind);
    digest.add_bytes(bytes);
    return digest.value();
}

std::uint64_t digest_of_pair(std::uint64_t first, std::uint64_t second) {
    RowDigest digest;
    digest.add_integer(static_cast<std::int64_t>(first));
    digest.add_integer(static_cast<std::int64_t>(second));
    return digest.value();
}

void append_utf8(std::string& out, std::uint32_t code) {
    auto const tail = [code](unsigned shift) {
        return static_cast<char>(0x80U | ((code >> shift) & 0x3FU));
    };
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out.append({static_cast<char>(0xC0U | (code >> 6U)), tail(0)});
    } else if (code < 0x1'0000) {
        out.append({static_cast<char>(0xE0U | (code >> 12U)), tail(6), tail(0)});
    } else {
        out.append({static_cast<char>(0xF0U | (code >> 18U)), tail(12), tail(6), tail(0)});
    }
}

char plain_escape(char letter) {
    constexpr std::pair<char, char> kEscapes[] = {
        {'b', '\b'}, {'f', '\f'}, {'n', '\n'}, {'r', '\r'}, {'t', '\t'}};
    for (auto const& [name, meant] : kEscapes) {
        if (name == letter) return meant;
    }
    return letter;
}

// A number without its exponent, as jsonb writes it out. None of a chain's numbers is longer than
// kMostZeros; one that were would keep its exponent.
std::string without_exponent(std::string_view number) {
    constexpr int kMostZeros = 1'000;
    auto const e = number.find_first_of("eE");
    if (e == std::string_view::npos) return std::string(number);
    auto exponent_text = number.substr(e + 1);
    if (exponent_text.starts_with('+')) exponent_text.remove_prefix(1);
    int exponent = 0;
    std::from_chars(exponent_text.data(), exponent_text.data() + exponent_text.size(), exponent);
    if (exponent < -kMostZeros || exponent > kMostZeros) return std::string(number);

    bool const negative = number.starts_with('-');
    std::string digits(number.substr(0, e).substr(negative ? 1 : 0));
    auto const dot = digits.find('.');
    int point = static_cast<int>(std::min(dot, digits.size())) + exponent;
    if (dot != std::string::npos) digits.erase(dot, 1);
    if (point < 1) {
        digits.insert(0, static_cast<std::size_t>(1 - point), '0');
        point = 1;
    }
    auto const whole = static_cast<std::size_t>(point);
    if (whole > digits.size()) digits.append(whole - digits.size(), '0');
    if (whole < digits.size()) digits.insert(whole, 1, '.');
    auto const first = digits.find_first_not_of('0');
    auto const zeros = std::min(first, whole - 1);
    return (negative ? "-" : "") + digits.substr(zeros);
}

// Goes through the text once; an open array or object is a level.
class Reader {
  public:
    explicit Reader(std::string_view text) : rest_(text) {}

    std::uint64_t read() {
        while (!rest_.empty()) step();
        while (levels_.size() > 1) close();
        return levels_.front().sum;
    }

  private:
    struct Level {
        bool object = false;
        bool has_key = false;
        std::uint64_t key = 0;
        std::uint64_t sum = 0;
    };

    char take() {
        char const first = rest_.front();
        rest_.remove_prefix(1);
        return first;
    }

    void step() {
        char const c = rest_.front();
        if (kSpace.find(c) != std::string_view::npos || c == ',' || c == ':') {
            rest_.remove_prefix(1);
        } else if (c == '{' || c == '[') {
            levels_.push_back({.object = take() == '{'});
        } else if (c == '}' || c == ']') {
            rest_.remove_prefix(1);
            if (levels_.size() > 1) close();
        } else if (c == '"') {
            add(digest_of_bytes('s', string()));
        } else {
            add(word());
        }
    }

    void close() {
        Level const done = levels_.back();
        levels_.pop_back();
        add(digest_of_pair(done.object ? '{' : '[', done.sum));
    }

    // An object's members add up, whatever their order; elements of an array follow one another.
    void add(std::uint64_t value) {
        Level& level = levels_.back();
        if (!level.object) {
            level.sum = digest_of_pair(level.sum, value);
        } else if (std::exchange(level.has_key, !level.has_key)) {
            level.sum += digest_of_pair(level.key, value);
        } else {
            level.key = value;
        }
    }

    std::string_view string() {
        rest_.remove_prefix(1);
        text_.clear();
        while (!rest_.empty()) {
            auto const plain = std::min(rest_.find_first_of("\"\\"), rest_.size());
            text_ += rest_.substr(0, plain);
            rest_.remove_prefix(plain);
            if (rest_.empty() || take() == '"') break;
            if (!rest_.empty()) append_escaped(take());
        }
        return text_;
    }

    void append_escaped(char letter) {
        if (letter != 'u') {
            text_ += plain_escape(letter);
            return;
        }
        std::uint32_t code = hex();
        bool const is_high = code >= 0xD800 && code < 0xDC00;
        if (is_high && rest_.starts_with("\\u")) {
            rest_.remove_prefix(2);
            code = 0x1'0000 + ((code - 0xD800) << 10U) + ((hex() - 0xDC00) & 0x3FFU);
        }
        append_utf8(text_, code);
    }

    std::uint32_t hex() {
        auto const digits = rest_.substr(0, 4);
        rest_.remove_prefix(digits.size());
        std::uint32_t code = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
        return code;
    }

    // A number, or true, false or null.
    std::uint64_t word() {
        auto const end = std::min(rest_.find_first_of(" \t\r\n,:{}[]\""), rest_.size());
        auto const text = rest_.substr(0, end);
        rest_.remove_prefix(end);
        bool const is_number = text.front() == '-' || (text.front() >= '0' && text.front() <= '9');
        if (!is_number) return digest_of_bytes('w', text);
        auto const number = without_exponent(text);
        bool const zero = number.find_first_not_of("-0.") == std::string::npos;
        return digest_of_bytes('n', zero ? "0" : number);
    }

    std::string_view rest_;
    std::vector<Level> levels_{1};
    std::string text_;
};

}  // namespace

std::uint64_t json_digest(std::string_view text) {
    return Reader(text).read();
}

}  // namespace indexer::store
