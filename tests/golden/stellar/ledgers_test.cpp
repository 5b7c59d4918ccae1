// Whole ledgers, in each of the forms files hold them, against the JSON of stellar-xdr-json 27.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <openssl/sha.h>
#include <simdjson.h>

#include "stellar/hex.hpp"
#include "stellar/xdr/json.hpp"
#include "tests/golden/stellar/chain_files.hpp"
#include "tests/support/shared_data.hpp"

namespace indexer::test {
namespace {

std::vector<std::string> json_of_ledgers(std::filesystem::path const& file) {
    std::vector<std::string> ledgers;
    for_each_ledger(file, [&](stellar::xdr::Value const& ledger) {
        ledgers.push_back(stellar::xdr::json_of(ledger));
    });
    return ledgers;
}

std::string sha1_hex(std::string_view text) {
    std::string digest(SHA_DIGEST_LENGTH, '\0');
    SHA1(reinterpret_cast<unsigned char const*>(text.data()), text.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
    return stellar::hex(digest);
}

void expect_texts(std::filesystem::path const& file, std::vector<std::string> const& ledgers) {
    auto const expected = read_lines(file);
    ASSERT_EQ(ledgers.size(), expected.size()) << file.filename();
    for (std::size_t i = 0; i < ledgers.size(); ++i) {
        EXPECT_TRUE(same_text(ledgers[i], as_newer_versions_write(expected[i])))
            << file.filename() << " line " << i + 1;
    }
}

// Every ledger of a file has a digest of its JSON, as version 27 writes it; not the few of protocol
// 28, which that version cannot read.
void expect_digests(std::filesystem::path const& file, std::vector<std::string> const& ledgers) {
    simdjson::dom::parser parser;
    auto const summaries = read_lines(file);
    ASSERT_EQ(ledgers.size(), summaries.size()) << file.filename();
    for (std::size_t i = 0; i < ledgers.size(); ++i) {
        std::string_view digest;
        if (parser.parse(summaries[i])["sha1_json"].get(digest) != simdjson::SUCCESS) continue;
        EXPECT_EQ(sha1_hex(as_version_27_writes(ledgers[i])), digest)
            << file.filename() << " line " << i + 1;
    }
}

TEST(Ledgers, AsTheNetworksOwnToolWritesThem) {
    INDEXER_REQUIRE_SHARED_DATA();
    for (auto const& file : files_ending(stellar_data() / "ledgers", ".xdr.gz")) {
        auto const name = name_without(file, ".xdr.gz");
        auto const ledgers = json_of_ledgers(file);
        auto const expected = stellar_data() / "expected/ledgers";
        auto const texts = expected / (name + ".json.gz");
        if (std::filesystem::exists(texts)) expect_texts(texts, ledgers);
        expect_digests(expected / (name + ".summary.ndjson.gz"), ledgers);
        RecordProperty(name, static_cast<int>(ledgers.size()));
    }
}

}  // namespace
}  // namespace indexer::test
