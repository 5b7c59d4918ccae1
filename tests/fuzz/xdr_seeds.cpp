// Writes what the fuzzer of XDR starts from: recorded values and the golden ledgers.
// Usage: xdr_seeds <folder with data> <folder to write>
//
// Of the data it takes <Type>.ndjson, whose lines have a value as `b64` and what it can be read as
// in `types`, and *.base64, each a LedgerCloseMeta.

#include <algorithm>
#include <iostream>
#include <string>

#include <simdjson.h>

#include "stellar/xdr/schema.hpp"
#include "tests/fuzz/seed_folder.hpp"
#include "tests/golden/stellar/chain_files.hpp"

namespace indexer::fuzz {
namespace {

namespace fs = std::filesystem;
namespace xdr = stellar::xdr;

// The two bytes by which the fuzzer picks a type; nothing for a name that the schema has not.
std::string pick_of(std::string_view name) {
    auto const& types = xdr::stellar_schema().types();
    auto const type = std::find_if(types.begin(), types.end(),
                                   [&](xdr::Type const& one) { return one.name == name; });
    if (type == types.end()) return {};
    auto const index = static_cast<unsigned>(type - types.begin());
    return {static_cast<char>(index >> 8), static_cast<char>(index & 0xff)};
}

void add_values(fs::path const& file, SeedFolder& seeds) {
    simdjson::dom::parser parser;
    for (auto const& text : test::read_lines(file)) {
        auto const line = parser.parse(text);
        for (std::string_view const name : line["types"].get_array()) {
            auto const pick = pick_of(name);
            if (!pick.empty()) seeds.write("xdr", pick + test::from_base64(line["b64"]));
        }
    }
}

void add_ledger(fs::path const& file, SeedFolder& seeds) {
    std::string text;
    for (auto const& line : test::read_lines(file)) text += line;
    seeds.write("xdr", pick_of("LedgerCloseMeta") + test::from_base64(text));
}

int run(fs::path const& data, fs::path const& folder) {
    SeedFolder seeds(folder);
    for (auto const& file : test::files_ending(data, ".ndjson")) {
        // events.ndjson and its like hold other things.
        if (!pick_of(test::name_without(file, ".ndjson")).empty()) add_values(file, seeds);
    }
    for (auto const& file : test::files_ending(data, ".base64")) add_ledger(file, seeds);
    std::cout << seeds.written() << " seeds\n";
    return 0;
}

}  // namespace
}  // namespace indexer::fuzz

int main(int count, char** arguments) {
    try {
        if (count != 3) throw std::runtime_error("two folders are needed");
        return indexer::fuzz::run(arguments[1], arguments[2]);
    } catch (std::exception const& error) {
        std::cerr << "xdr_seeds: " << error.what() << '\n';
        return 1;
    }
}
