#include "pg/array.hpp"

#include <algorithm>
#include <array>
#include <concepts>
#include <limits>
#include <type_traits>

#include "pg/error.hpp"

namespace indexer::pg {
namespace {

// Where the header's two fields lie that change while the array grows.
constexpr std::size_t kHasNullAt = 4;
constexpr std::size_t kSizeAt = 12;

constexpr std::int32_t kNullLength = -1;
constexpr char kJsonbVersion = 1;
constexpr std::int64_t kUnixSecondsOf2000 = 946'684'800;  // PostgreSQL's epoch is 2000-01-01
constexpr std::int64_t kMicrosecondsPerSecond = 1'000'000;

// PostgreSQL sends integers in network byte order.
template <std::integral T>
void write(char* to, T value) {
    auto const bits = static_cast<std::make_unsigned_t<T>>(value);
    for (std::size_t i = 0; i < sizeof(T); ++i) {
        to[i] = static_cast<char>(bits >> (8 * (sizeof(T) - 1 - i)));
    }
}

template <std::integral T>
void append(std::string& out, T value) {
    std::array<char, sizeof(T)> bytes;
    write(bytes.data(), value);
    out.append(bytes.data(), bytes.size());
}

void append_length(std::string& out, std::size_t length) {
    if (length > std::numeric_limits<std::int32_t>::max()) {
        throw Error("database: a value is too long", "54000");
    }
    append(out, static_cast<std::int32_t>(length));
}

template <std::integral T>
void append_fixed(std::string& out, std::int64_t value) {
    if (value < std::numeric_limits<T>::min() || value > std::numeric_limits<T>::max()) {
        throw Error("database: integer out of range: " + std::to_string(value), "22003");
    }
    std::array<char, sizeof(std::int32_t) + sizeof(T)> cell;
    write(cell.data(), static_cast<std::int32_t>(sizeof(T)));
    write(cell.data() + sizeof(std::int32_t), static_cast<T>(value));
    out.append(cell.data(), cell.size());
}

// A magnitude as PostgreSQL keeps it: digits of base 10,000, the most significant first.
// Source: the comment above NumericVar in numeric.c.
class Digits {
  public:
    explicit Digits(base::Uint128 magnitude) noexcept {
        constexpr std::uint64_t kFourDigits = 10'000'000'000'000'000;
        while (magnitude > std::numeric_limits<std::uint64_t>::max()) {
            auto chunk = static_cast<std::uint64_t>(magnitude % kFourDigits);
            for (int i = 0; i < 4; ++i) prepend(chunk);
            magnitude /= kFourDigits;
        }
        for (auto rest = static_cast<std::uint64_t>(magnitude); rest != 0;) prepend(rest);
        weight_ = std::max(0, last_ - first_ - 1);
        while (last_ > first_ && digits_[at(last_ - 1)] == 0) --last_;
    }

    [[nodiscard]] int count() const noexcept { return last_ - first_; }
    // The power of 10,000 that the first digit counts.
    [[nodiscard]] int weight() const noexcept { return weight_; }

    void append_to(std::string& out) const {
        for (int i = first_; i < last_; ++i) append(out, digits_[at(i)]);
    }

  private:
    static constexpr std::uint64_t kBase = 10'000;
    static constexpr int kMost = 10;  // 2^128 has 39 decimal digits

    static std::size_t at(int index) noexcept { return static_cast<std::size_t>(index); }

    void prepend(std::uint64_t& rest) noexcept {
        digits_[at(--first_)] = static_cast<std::uint16_t>(rest % kBase);
        rest /= kBase;
    }

    std::array<std::uint16_t, kMost> digits_{};
    int first_ = kMost;
    int last_ = kMost;
    int weight_ = 0;
};

}  // namespace

// One dimension of zero elements is an empty array too: array_recv takes it.
Array::Array(ElementType type) : type_(type) {
    constexpr std::int32_t kDimensions = 1;
    constexpr std::int32_t kLowerBound = 1;
    append(bytes_, kDimensions);
    append(bytes_, std::int32_t{0});  // whether it has nulls
    append(bytes_, static_cast<std::uint32_t>(type));
    append(bytes_, size_);
    append(bytes_, kLowerBound);
}

void Array::count_element() noexcept {
    write(&bytes_[kSizeAt], ++size_);
}

void Array::add_null() {
    append(bytes_, kNullLength);
    write(&bytes_[kHasNullAt], std::int32_t{1});
    count_element();
}

void Array::add_integer(std::int64_t value) {
    switch (type_) {
        case ElementType::boolean:
            append_fixed<std::int8_t>(bytes_, value != 0 ? 1 : 0);
            break;
        case ElementType::int2:
            append_fixed<std::int16_t>(bytes_, value);
            break;
        case ElementType::int4:
            append_fixed<std::int32_t>(bytes_, value);
            break;
        default:
            append_fixed<std::int64_t>(bytes_, value);
            break;
    }
    count_element();
}

void Array::add_timestamp(std::int64_t unix_seconds) {
    std::int64_t since_2000 = 0;
    std::int64_t microseconds = 0;
    if (__builtin_sub_overflow(unix_seconds, kUnixSecondsOf2000, &since_2000) ||
        __builtin_mul_overflow(since_2000, kMicrosecondsPerSecond, &microseconds)) {
        throw Error("database: timestamp out of range: " + std::to_string(unix_seconds), "22008");
    }
    append_fixed<std::int64_t>(bytes_, microseconds);
    count_element();
}

// numeric_send: four 16-bit fields, then the digits.
void Array::add_numeric(base::Uint128 magnitude, bool negative) {
    constexpr std::uint16_t kPositive = 0x0000;
    constexpr std::uint16_t kNegative = 0x4000;
    Digits const digits(magnitude);
    append_length(bytes_, sizeof(std::uint16_t) * static_cast<std::size_t>(4 + digits.count()));
    append(bytes_, static_cast<std::int16_t>(digits.count()));
    append(bytes_, static_cast<std::int16_t>(digits.weight()));
    append(bytes_, negative && magnitude != 0 ? kNegative : kPositive);
    append(bytes_, std::int16_t{0});  // digits after the decimal point
    digits.append_to(bytes_);
    count_element();
}

void Array::add_bytes(std::string_view value) {
    bool const versioned = type_ == ElementType::jsonb;
    append_length(bytes_, value.size() + (versioned ? 1 : 0));
    if (versioned) bytes_.push_back(kJsonbVersion);
    bytes_.append(value);
    count_element();
}

}  // namespace indexer::pg
