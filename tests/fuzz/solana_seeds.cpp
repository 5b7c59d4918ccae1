// Writes what fuzzers of Solana start from: the transactions of recorded answers, one a file.
// Usage: solana_seeds <folder of recorded data> <folder to write> [<name>=<program>...]
//
// <folder>/solana_block_fuzzer gets them as blocks of one transaction each, and
// <folder>/<name>_fuzzer those that call the program, in the form of solana_calls.hpp.

#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include <simdjson.h>

#include "base/error.hpp"
#include "solana/transaction_parser.hpp"
#include "tests/fuzz/seed_folder.hpp"
#include "tests/fuzz/solana_calls.hpp"
#include "tests/golden/solana/recorded_answers.hpp"
#include "tests/support/shared_data.hpp"

namespace indexer::fuzz {
namespace {

namespace fs = std::filesystem;

struct Target {
    std::string name;
    std::string program;
};

class Seeds {
  public:
    Seeds(fs::path folder, std::vector<Target> targets)
        : folder_(std::move(folder)), targets_(std::move(targets)) {}

    // An answer of getBlock, or one or more of getTransaction.
    void add_file(fs::path const& file) {
        try {
            add(test::transactions_as_block({file}));
            add(test::block_answer(file));
        } catch (simdjson::simdjson_error const&) {  // neither of them
        }
    }
    [[nodiscard]] std::size_t written() const noexcept { return folder_.written(); }

  private:
    void add(std::string const& answer) {
        simdjson::ondemand::parser parser;
        simdjson::ondemand::document document = parser.iterate(answer);
        for (simdjson::ondemand::object element : document["result"]["transactions"]) {
            std::string text(element.raw_json().value());
            text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
            add_transaction(text);
        }
    }

    void add_transaction(std::string const& text) {
        folder_.write(
            "solana_block",
            R"({"blockhash":"4uQeVj5tqViQh7yWWGStvkEG1Zmhx6uasJtWCJziofM",)"
            R"("parentSlot":0,"previousBlockhash":"8opHzTAnfzRpPEx21XtnrVTX28YQuCpAjcn1PczScKh",)"
            R"("transactions":[)" +
                text + "]}");
        simdjson::ondemand::parser parser;
        try {
            simdjson::ondemand::document document = parser.iterate(text);
            solana::Transaction transaction;
            solana::parse_transaction(document.get_object(), transaction, solana::Balances::of_all);
            if (transaction.failed()) return;
            for (Target const& target : targets_) {
                if (!calls_program(transaction, target.program)) continue;
                folder_.write(target.name, write_calls(transaction));
            }
        } catch (base::Error const&) {  // a transaction that decoders refuse
        }
    }

    SeedFolder folder_;
    std::vector<Target> targets_;
};

int run(std::vector<std::string> const& arguments) {
    std::vector<Target> targets;
    for (std::size_t i = 2; i < arguments.size(); ++i) {
        auto const equals = arguments[i].find('=');
        targets.push_back({arguments[i].substr(0, equals), arguments[i].substr(equals + 1)});
    }
    Seeds seeds(arguments.at(1), targets);
    for (auto const& entry : fs::recursive_directory_iterator(fs::path(arguments.at(0)))) {
        if (entry.path().extension() == ".json") seeds.add_file(entry.path());
    }
    std::cout << seeds.written() << " seeds\n";
    return 0;
}

}  // namespace
}  // namespace indexer::fuzz

int main(int count, char** arguments) {
    try {
        return indexer::fuzz::run({arguments + 1, arguments + count});
    } catch (std::exception const& error) {
        std::cerr << "solana_seeds: " << error.what() << '\n';
        return 1;
    }
}
