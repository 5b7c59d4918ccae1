#include "solana/programs/program_logs.hpp"

#include <algorithm>

#include "solana/base64.hpp"
#include "solana/programs/program.hpp"

namespace indexer::solana {
namespace {

bool remove_prefix(std::string_view& text, std::string_view prefix) noexcept {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

}  // namespace

void ProgramLogs::load(std::string_view lines) {
    begun_.clear();
    stack_.clear();
    data_.clear();
    if (lines.empty()) return;
    simdjson::ondemand::document document;
    simdjson::ondemand::array array;
    auto const text = simdjson::padded_string_view(lines.data(), lines.size(),
                                                   lines.size() + simdjson::SIMDJSON_PADDING);
    if (parser_.iterate(text).get(document) != simdjson::SUCCESS) return;
    if (document.get_array().get(array) != simdjson::SUCCESS) return;
    for (auto element : array) {
        std::string_view line;
        if (element.get_string().get(line) != simdjson::SUCCESS || line == "Log truncated") break;
        read(line);
    }
}

void ProgramLogs::read(std::string_view line) {
    if (!remove_prefix(line, "Program ")) return;
    if (remove_prefix(line, "data: ") || remove_prefix(line, "log: ray_log: ")) return keep(line);
    auto const space = line.find(' ');
    auto const what = line.substr(std::min(space, line.size()));
    if (what.starts_with(" invoke [")) return begin(line.substr(0, space));
    bool const ends = what == " success" || what.starts_with(" failed");
    if (ends && !stack_.empty()) stack_.pop_back();
}

void ProgramLogs::begin(std::string_view address) {
    auto const* const program = find_program(address);
    auto const number = std::count_if(begun_.begin(), begun_.end(),
                                      [&](auto const& call) { return call.program == program; });
    stack_.push_back({program, static_cast<std::size_t>(number)});
    if (program != nullptr) begun_.push_back(stack_.back());
}

void ProgramLogs::keep(std::string_view base64) {
    if (!stack_.empty() && stack_.back().program != nullptr) {
        data_.push_back({stack_.back(), base64});
    }
}

std::string_view ProgramLogs::data_of(Program const& program, std::size_t invocation) {
    for (Data const& data : data_) {
        if (data.from.program != &program || data.from.number != invocation) continue;
        if (base64::decode(data.base64, bytes_)) return bytes_;
    }
    return {};
}

}  // namespace indexer::solana
