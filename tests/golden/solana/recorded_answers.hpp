#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <simdjson.h>

namespace indexer::test {

// Recorded answers of getBlock, whatever stands around the block, as one answer each.
[[nodiscard]] std::string block_answer(std::filesystem::path const& file);

// The files of a folder that hold a whole block, or a part of one.
[[nodiscard]] std::vector<std::filesystem::path> block_files(std::filesystem::path const& folder);

// Recorded answers of getTransaction, alone or in lists, as the transactions of one block of slot 1
// without a time. The same transaction is taken once. Where instructions come as jsonParsed, those
// that the node parsed call a program that no decoder knows, because their bytes are lost.
[[nodiscard]] std::string transactions_as_block(std::vector<std::filesystem::path> const& files);

// A transaction as its answer has it, in encoding json.
struct RecordedTransaction {
    std::string signature;
    std::vector<std::string> accounts;  // the loaded ones behind the message's own
    simdjson::dom::object meta;
};

// The transactions of a block that succeeded and can be read so. Views into `result`.
[[nodiscard]] std::vector<RecordedTransaction> successful_transactions(
    simdjson::dom::element result);

}  // namespace indexer::test
