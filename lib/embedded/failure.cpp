#include "embedded/failure.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace indexer::embedded {
namespace {

// Where in `line` the error is named.
std::size_t error_in(std::string_view line) {
    constexpr std::array<std::string_view, 4> kNames{"PANIC: ", "FATAL: ", "ERROR: ", "error: "};
    for (auto const name : kNames) {
        if (auto const at = line.find(name); at != std::string_view::npos) return at + name.size();
    }
    return std::string_view::npos;
}

std::string_view without_leading_spaces(std::string_view text) {
    return text.substr(std::min(text.find_first_not_of(' '), text.size()));
}

}  // namespace

base::Error failure(std::string_view what, std::string hint) {
    return base::Error(base::Fault::database, base::Recovery::never,
                       std::string("embedded: ").append(what), std::move(hint));
}

std::string reason_in(std::string_view output) {
    std::string_view last;
    bool named = false;
    while (!output.empty()) {
        auto const end = std::min(output.find('\n'), output.size());
        auto const line = output.substr(0, end);
        output.remove_prefix(std::min(end + 1, output.size()));
        auto const at = error_in(line);
        if (at != std::string_view::npos) {
            named = true;
            last = line.substr(at);
        } else if (!named && !line.empty()) {
            last = line;
        }
    }
    return std::string(without_leading_spaces(last));
}

}  // namespace indexer::embedded
