#include "tests/golden/stellar/chain_files.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <sstream>
#include <stdexcept>

#include <libdeflate.h>

#include "base/error.hpp"
#include "stellar/base64.hpp"
#include "stellar/ledger_batch.hpp"
#include "stellar/xdr/decoder.hpp"
#include "stellar/xdr/json.hpp"
#include "stellar/xdr/marked_stream.hpp"
#include "stellar/xdr/schema.hpp"
#include "tests/support/shared_data.hpp"

namespace indexer::test {
namespace {

// The last word of a gzip file is the size of what it holds (RFC 1952).
std::string gunzip(std::string const& packed) {
    std::uint32_t size = 0;
    std::memcpy(&size, packed.data() + packed.size() - sizeof size, sizeof size);
    std::string bytes(size, '\0');
    auto* const tool = libdeflate_alloc_decompressor();
    auto const result = libdeflate_gzip_decompress(tool, packed.data(), packed.size(), bytes.data(),
                                                   bytes.size(), nullptr);
    libdeflate_free_decompressor(tool);
    if (result != LIBDEFLATE_SUCCESS) throw std::runtime_error("not gzip");
    return bytes;
}

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
    std::string result;
    for (auto at = text.find(from); at != std::string_view::npos; at = text.find(from)) {
        result.append(text.substr(0, at)).append(to);
        text.remove_prefix(at + from.size());
    }
    return result.append(text);
}

}  // namespace

std::filesystem::path stellar_data() {
    return shared_data() / "stellar";
}

std::string read_whole(std::filesystem::path const& path) {
    auto bytes = read_file(path);
    return path.extension() == ".gz" ? gunzip(bytes) : bytes;
}

std::vector<std::string> read_lines(std::filesystem::path const& path) {
    std::istringstream text(read_whole(path));
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);) lines.push_back(line);
    return lines;
}

std::vector<std::filesystem::path> files_ending(std::filesystem::path const& folder,
                                                std::string_view end) {
    std::vector<std::filesystem::path> files;
    for (auto const& file : files_in(folder, "")) {
        if (file.filename().string().ends_with(end)) files.push_back(file);
    }
    return files;
}

std::filesystem::path only_file(std::filesystem::path const& folder, std::string const& name) {
    auto const files = files_in(folder, name + ".");
    if (files.size() != 1) throw std::runtime_error("no single file is called " + name);
    return files.front();
}

std::string name_without(std::filesystem::path const& path, std::string_view end) {
    auto const name = path.filename().string();
    return name.substr(0, name.size() - end.size());
}

void for_each_ledger(std::filesystem::path const& file,
                     std::function<void(stellar::xdr::Value const&)> const& use) {
    auto const& type = stellar::xdr::stellar_schema().type("LedgerCloseMeta");
    auto const name = name_without(file, ".xdr.gz");
    auto const bytes = read_whole(file);
    stellar::xdr::Decoder decoder;
    if (name.ends_with("-batch")) {
        for (auto const& ledger : stellar::read_ledger_batch(decoder, bytes).ledgers) use(ledger);
    } else if (name.starts_with("core-")) {
        stellar::xdr::MarkedStream stream(bytes);
        while (auto const ledger = stream.next()) use(decoder.decode(type, *ledger));
    } else {
        use(decoder.decode(type, bytes));
    }
}

std::string from_base64(std::string_view text) {
    std::string bytes;
    if (!stellar::decode_base64(text, bytes)) throw std::runtime_error("not base64");
    return bytes;
}

std::string as_newer_versions_write(std::string_view json) {
    return replaced(json, R"("type_":)", R"("type":)");
}

std::string as_version_27_writes(std::string_view json) {
    return replaced(json, R"("type":)", R"("type_":)");
}

::testing::AssertionResult same_text(std::string_view actual, std::string_view expected) {
    if (actual == expected) return ::testing::AssertionSuccess();
    auto const [at, there] =
        std::mismatch(actual.begin(), actual.end(), expected.begin(), expected.end());
    auto const offset = static_cast<std::size_t>(at - actual.begin());
    auto const from = offset < 60 ? 0 : offset - 60;
    return ::testing::AssertionFailure() << "at " << offset << ": ..." << actual.substr(from, 120)
                                         << "... is not ..." << expected.substr(from, 120);
}

::testing::AssertionResult decodes_to(std::string_view type, std::string_view bytes,
                                      std::string_view expected_json) try {
    stellar::xdr::Decoder decoder;
    auto const value = decoder.decode(stellar::xdr::stellar_schema().type(type), bytes);
    return same_text(stellar::xdr::json_of(value), as_newer_versions_write(expected_json));
} catch (base::Error const& error) {
    return ::testing::AssertionFailure() << error.what();
}

}  // namespace indexer::test
