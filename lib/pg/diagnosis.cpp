#include "pg/diagnosis.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <libpq-fe.h>

namespace indexer::pg {
namespace {

constexpr std::string_view kWrongPassword = "28P01";

std::string field(pg_result const& result, int code) {
    char const* const text = PQresultErrorField(&result, code);
    return text == nullptr ? std::string() : std::string(text);
}

// A detail may quote a whole row.
std::string shortened(std::string text) {
    constexpr std::size_t kMost = 200;
    if (text.size() <= kMost) return text;
    std::size_t end = kMost;
    auto const continues = [&](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
    while (end > 0 && continues(text[end])) --end;
    return text.substr(0, end) + "…";
}

bool is_explanation(std::string_view line) {
    return line.empty() || line.front() == '\t' || line.starts_with("LOCATION:");
}

// libpq writes a line a host, and indents its guesses.
template <class EachLine>
void for_each_line(std::string_view message, EachLine each) {
    while (!message.empty()) {
        auto const end = std::min(message.find('\n'), message.size());
        if (auto const line = message.substr(0, end); !is_explanation(line)) each(line);
        message.remove_prefix(std::min(end + 1, message.size()));
    }
}

void append_line(std::string& text, std::string_view line) {
    if (!text.empty()) text += "; ";
    text += line;
}

std::string one_line(std::string_view message) {
    std::string text;
    for_each_line(message, [&](std::string_view line) { append_line(text, line); });
    return text;
}

struct Refusal {
    std::string text;
    std::string sqlstate;
};

// "… failed: FATAL:  28P01: password authentication failed": two blanks follow the severity,
// which is in the server's language.
Refusal read_refusal(std::string_view line) {
    constexpr std::size_t kCode = 5;
    auto const severity_end = line.find(":  ");
    if (severity_end == std::string_view::npos) return {std::string(line), {}};
    auto const code_at = severity_end + 3;
    auto const code = line.substr(code_at, kCode);
    if (line.substr(code_at + code.size(), 2) != ": ") return {std::string(line), {}};
    auto const before = line.rfind(": ", severity_end - 1);
    auto const where =
        before == std::string_view::npos ? std::string_view() : line.substr(0, before + 2);
    auto const what = line.substr(code_at + kCode + 2);
    return {std::string(where).append(what), std::string(code)};
}

std::string without_user(std::string text, pg_conn const& connection) {
    char const* const user = PQuser(&connection);
    auto const quoted = fmt::format(" \"{}\"", user == nullptr ? "" : user);
    for (auto at = text.find(quoted); at != std::string::npos; at = text.find(quoted, at)) {
        text.erase(at, quoted.size());
    }
    return text;
}

}  // namespace

Error statement_failure(pg_result const& result) {
    auto const sqlstate = field(result, PG_DIAG_SQLSTATE);
    if (sqlstate.empty()) return Error("database: " + one_line(PQresultErrorMessage(&result)), "");
    auto const detail = shortened(field(result, PG_DIAG_MESSAGE_DETAIL));
    return Error(fmt::format("database: {}{}{} [{}]", field(result, PG_DIAG_MESSAGE_PRIMARY),
                             detail.empty() ? "" : ": ", detail, sqlstate),
                 sqlstate, field(result, PG_DIAG_MESSAGE_HINT));
}

Error lost_connection(pg_conn const& connection) {
    auto const message = one_line(PQerrorMessage(&connection));
    return Error("database: " + (message.empty() ? "the connection is lost" : message), "");
}

Error refused_connection(pg_conn const& connection) {
    Refusal refusal;
    for_each_line(PQerrorMessage(&connection), [&](std::string_view line) {
        auto const read = read_refusal(line);
        append_line(refusal.text, read.text);
        if (!read.sqlstate.empty()) refusal.sqlstate = read.sqlstate;
    });
    if (PQconnectionNeedsPassword(&connection) != 0) refusal.sqlstate = kWrongPassword;
    return Error("database: " + without_user(refusal.text, connection), refusal.sqlstate);
}

}  // namespace indexer::pg
