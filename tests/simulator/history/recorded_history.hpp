#pragma once

#include <filesystem>
#include <map>

#include "tests/simulator/history/cache.hpp"
#include "tests/simulator/history/history.hpp"

namespace indexer::simulator {

// A folder of recorded answers to getBlock, in files named block_<slot>.json or
// getBlock_<slot>_<anything>.json. Results are served byte for byte, whatever the request asks for;
// other members of the answers are not.
class RecordedHistory final : public History {
  public:
    // Throws base::Error when the folder holds no such file.
    RecordedHistory(std::filesystem::path const& folder, std::size_t cache_bytes);

    [[nodiscard]] Slot first() const override { return files_.begin()->first; }
    [[nodiscard]] Slot last() const override { return files_.rbegin()->first; }
    [[nodiscard]] bool has(Slot slot) const override { return files_.contains(slot); }
    [[nodiscard]] Slot at_or_before(Slot slot) const override;
    [[nodiscard]] std::optional<Slot> at_or_after(Slot slot) const override;
    [[nodiscard]] Block block(Slot slot, BlockRequest const& request) const override;
    [[nodiscard]] std::optional<std::int64_t> time(Slot slot) const override;
    [[nodiscard]] std::uint64_t height(Slot slot) const override;

  private:
    struct Record {
        std::string result;
        int highest_version = -1;
        std::optional<std::int64_t> time;
        std::optional<std::uint64_t> height;

        [[nodiscard]] std::size_t size() const noexcept { return result.size(); }
    };

    [[nodiscard]] static Record load(std::filesystem::path const& file);
    [[nodiscard]] std::shared_ptr<Record const> record(Slot slot) const;

    std::map<Slot, std::filesystem::path> files_;
    mutable Cache<Slot, Record> records_;
};

}  // namespace indexer::simulator
