#include "pg/result.hpp"

#include <charconv>
#include <string>

#include <libpq-fe.h>

#include "pg/error.hpp"

namespace indexer::pg {
namespace {

template <class T>
bool parse(std::string_view text, T& number) {
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

void Clear::operator()(pg_result* result) const noexcept {
    PQclear(result);
}

int Result::rows() const noexcept {
    return PQntuples(result_.get());
}

int Result::columns() const noexcept {
    return PQnfields(result_.get());
}

std::string_view Result::column_name(int column) const noexcept {
    char const* const name = PQfname(result_.get(), column);
    return name == nullptr ? std::string_view() : name;
}

bool Result::is_null(int row, int column) const noexcept {
    return PQgetisnull(result_.get(), row, column) != 0;
}

std::string_view Result::text(int row, int column) const noexcept {
    char const* const cell = PQgetvalue(result_.get(), row, column);
    auto const length = static_cast<std::size_t>(PQgetlength(result_.get(), row, column));
    return cell == nullptr ? std::string_view() : std::string_view(cell, length);
}

std::int64_t Result::integer(int row, int column) const {
    std::int64_t number = 0;
    if (!parse(text(row, column), number)) {
        throw Error("database: column " + std::string(column_name(column)) + " is no integer",
                    "22003");
    }
    return number;
}

bool Result::boolean(int row, int column) const noexcept {
    return text(row, column) == "t";
}

std::uint64_t Result::affected() const noexcept {
    std::uint64_t count = 0;
    return parse(PQcmdTuples(result_.get()), count) ? count : 0;
}

}  // namespace indexer::pg
