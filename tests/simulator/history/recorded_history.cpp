#include "tests/simulator/history/recorded_history.hpp"

#include <algorithm>
#include <charconv>

#include <simdjson.h>

#include "base/error.hpp"

namespace indexer::simulator {
namespace {

namespace ondemand = simdjson::ondemand;

// The slot a file's name speaks of, if it is the name of an answer.
std::optional<Slot> slot_of(std::filesystem::path const& file) {
    auto const name = file.filename().string();
    if (file.extension() != ".json") return std::nullopt;
    auto const underscore = name.find('_');
    auto const prefix = name.substr(0, underscore);
    if (prefix != "block" && prefix != "getBlock") return std::nullopt;
    Slot slot = 0;
    auto const parsed =
        std::from_chars(name.data() + underscore + 1, name.data() + name.size(), slot);
    return parsed.ec == std::errc() ? std::optional(slot) : std::nullopt;
}

int version_of(ondemand::object transaction) {
    std::int64_t version = -1;  // "legacy", or not told at all
    if (transaction["version"].get(version) != simdjson::SUCCESS) return -1;
    return static_cast<int>(version);
}

int highest_version_in(ondemand::object block) {
    int highest = -1;
    ondemand::array transactions;
    if (block["transactions"].get(transactions) != simdjson::SUCCESS) return highest;
    for (ondemand::object transaction : transactions) {
        highest = std::max(highest, version_of(transaction));
    }
    return highest;
}

template <class Number>
std::optional<Number> number_at(ondemand::object& block, char const* name) {
    Number number{};
    auto const error = block[name].get(number);
    return error == simdjson::SUCCESS ? std::optional(number) : std::nullopt;
}

}  // namespace

RecordedHistory::RecordedHistory(std::filesystem::path const& folder, std::size_t cache_bytes)
    : records_(cache_bytes) {
    for (auto const& entry : std::filesystem::directory_iterator(folder)) {
        if (auto const slot = slot_of(entry.path())) files_.emplace(*slot, entry.path());
    }
    if (files_.empty()) {
        throw base::Error(base::Fault::usage, base::Recovery::never,
                          "recorded: no file named block_<slot>.json in " + folder.string());
    }
}

auto RecordedHistory::load(std::filesystem::path const& file) -> Record {
    ondemand::parser parser;
    simdjson::padded_string const text = simdjson::padded_string::load(file.string());
    ondemand::document document = parser.iterate(text);
    Record record;
    record.result = std::string_view(simdjson::to_json_string(document["result"]));
    document.rewind();
    ondemand::object block = document["result"];
    record.time = number_at<std::int64_t>(block, "blockTime");
    record.height = number_at<std::uint64_t>(block, "blockHeight");
    record.highest_version = highest_version_in(block);
    return record;
}

auto RecordedHistory::record(Slot slot) const -> std::shared_ptr<Record const> {
    return records_.get(slot, [&] { return load(files_.at(slot)); });
}

Slot RecordedHistory::at_or_before(Slot slot) const {
    return std::prev(files_.upper_bound(slot))->first;
}

std::optional<Slot> RecordedHistory::at_or_after(Slot slot) const {
    auto const found = files_.lower_bound(slot);
    return found == files_.end() ? std::nullopt : std::optional(found->first);
}

Block RecordedHistory::block(Slot slot, BlockRequest const&) const {
    auto const found = record(slot);
    auto const produce = [found](Sink const& sink) { return sink(found->result); };
    return {Text(found->result.size(), produce), found->highest_version};
}

std::optional<std::int64_t> RecordedHistory::time(Slot slot) const {
    return record(slot)->time;
}

std::uint64_t RecordedHistory::height(Slot slot) const {
    return record(slot)->height.value_or(0);
}

}  // namespace indexer::simulator
