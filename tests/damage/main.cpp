// Damages copies of answers, and counts what the program makes of each: see --help.

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <simdjson.h>
#include <spdlog/spdlog.h>

#include "base/error.hpp"
#include "solana/block_decoder.hpp"
#include "stellar/ledger_decoder.hpp"
#include "tests/damage/honesty.hpp"
#include "tests/damage/inputs.hpp"
#include "tests/damage/trial.hpp"
#include "tests/places.hpp"
#include "tests/support/shared_data.hpp"

namespace indexer::damage {
namespace {

// What became of the copies of one kind of damage.
class Count {
  public:
    void add(Outcome outcome, bool broken) {
        ++all_;
        ++by_[outcome];
        broken_ += broken ? 1 : 0;
    }
    [[nodiscard]] std::size_t of(Outcome outcome) const {
        auto const found = by_.find(outcome);
        return found == by_.end() ? 0 : found->second;
    }
    [[nodiscard]] std::size_t all() const noexcept { return all_; }
    [[nodiscard]] std::size_t broken() const noexcept { return broken_; }

  private:
    std::size_t all_ = 0;
    std::size_t broken_ = 0;
    std::map<Outcome, std::size_t> by_;
};

struct Column {
    char const* head;
    Outcome outcome;
};

constexpr Column kColumns[] = {{"harmless", Outcome::harmless},  {"refused", Outcome::refused},
                               {"kept", Outcome::kept},          {"marked", Outcome::marked},
                               {"unlinked", Outcome::unlinked},  {"mended", Outcome::mended},
                               {"unnoticed", Outcome::unnoticed}};

// Counts by kind of damage, of a part of the campaign.
class Table {
  public:
    explicit Table(std::string title) : title_(std::move(title)) {}

    void add(std::string_view kind, Outcome outcome, bool broken) {
        counts_[std::string(kind)].add(outcome, broken);
        sum_.add(outcome, broken);
    }
    // The place of damage that was not noticed.
    void note(std::string const& place) { ++unnoticed_[place]; }

    [[nodiscard]] std::size_t broken() const noexcept { return sum_.broken(); }

    void print() const {
        fmt::print("\n{}\n{:<22}{:>8}", title_, "damage", "copies");
        for (auto const& column : kColumns) fmt::print("{:>11}", column.head);
        fmt::print("{:>10}{:>8}\n", "noticed", "broken");
        for (auto const& [kind, count] : counts_) print_row(kind, count);
        print_row("in all", sum_);
        if (unnoticed_.empty()) return;
        fmt::print("unnoticed in:");
        for (auto const& [place, times] : unnoticed_) fmt::print(" {} ({})", place, times);
        fmt::print("\n");
    }

  private:
    static void print_row(std::string const& kind, Count const& count) {
        fmt::print("{:<22}{:>8}", kind, count.all());
        for (auto const& column : kColumns) fmt::print("{:>11}", count.of(column.outcome));
        auto const matter = count.all() - count.of(Outcome::harmless);
        auto const noticed = matter - count.of(Outcome::unnoticed);
        auto const share =
            matter == 0 ? 1.0 : static_cast<double>(noticed) / static_cast<double>(matter);
        fmt::print("{:>9.1f}%{:>8}\n", 100 * share, count.broken());
    }

    std::string title_;
    std::map<std::string, Count> counts_;
    Count sum_;
    std::map<std::string, std::size_t> unnoticed_;
};

// What a run was asked to do.
struct Task {
    std::size_t copies = 20'000;
    std::uint64_t seed = 1;
    std::string data = test::shared_data();
    std::string chain;
    std::string keep;
};

// Names the copies that are written although they break what honest answers satisfy, and keeps
// them in a folder, beside what they are copies of.
class Broken {
  public:
    explicit Broken(std::string folder) : folder_(std::move(folder)) {}

    void add(std::string_view kind, std::string const& input, Damaged const& damage,
             std::string const& whole) {
        fmt::print("broken: {} in {} of {}\n", kind, damage.place, input);
        ++number_;
        write("damaged", damage.text);
        write("whole", whole);
    }

  private:
    void write(char const* what, std::string const& text) const {
        if (folder_.empty()) return;
        std::filesystem::path const folder(folder_);
        std::ofstream(folder / fmt::format("{}.{}", number_, what), std::ios::binary) << text;
    }

    std::string folder_;
    std::size_t number_ = 0;
};

enum class Honesty { honest, dishonest, garbled };

// One chain's tables: an endpoint alone, and with another one.
class Tables {
  public:
    Tables(std::string const& name, Broken& broken)
        : alone_(name + ", one endpoint"), with_another_(name + ", two endpoints"), kept_(broken) {}

    void add(std::string_view kind, std::string const& input, Trial& trial, Damaged const& damage,
             Honesty honesty) {
        for (bool const another : {false, true}) {
            auto& table = another ? with_another_ : alone_;
            auto const outcome = trial.run(damage.text, another);
            bool const unnoticed = outcome == Outcome::unnoticed;
            bool const broken = (honesty != Honesty::honest && unnoticed) ||
                                (honesty == Honesty::dishonest && outcome == Outcome::harmless);
            table.add(kind, outcome, broken);
            if (unnoticed) table.note(damage.place);
            if (broken && !another) kept_.add(kind, input, damage, trial.whole());
        }
    }
    void print() const {
        alone_.print();
        with_another_.print();
    }
    [[nodiscard]] std::size_t broken() const { return alone_.broken() + with_another_.broken(); }

  private:
    Table alone_;
    Table with_another_;
    Broken& kept_;
};

// Whether something tells it from what an honest node could have sent; text that is no JSON where
// nobody reads it makes no difference.
Honesty honesty_of(std::string const& text) {
    try {
        return dishonesty(parse(text)).empty() ? Honesty::honest : Honesty::dishonest;
    } catch (simdjson::simdjson_error const&) {
        return Honesty::garbled;
    }
}

std::size_t run_solana(Task const& task, std::size_t copies, std::mt19937_64& random,
                       Broken& broken) {
    auto const inputs = solana_inputs(INDEXER_SOURCE_DIR, task.data);
    auto const decoder =
        std::make_shared<solana::BlockDecoder>(solana::Content{.votes = true, .rewards = true});
    std::vector<Trial> trials;
    std::vector<bool> honest;  // not all of the files made by hand are
    for (auto const& input : inputs) {
        honest.push_back(honesty_of(write(input.answer)) == Honesty::honest);
        trials.emplace_back(
            [decoder](source::Answer const& answer) {
                std::vector<model::Block> blocks;
                blocks.push_back(decoder->decode(*answer.body, answer.part.begin));
                return blocks;
            },
            input.slot, write(input.answer));
    }
    Tables tables("Solana", broken);
    auto const& kinds = json_kinds();
    for (std::size_t copy = 0; copy < copies; ++copy) {
        auto const& kind = kinds[copy % kinds.size()];
        auto const number = static_cast<std::size_t>(random() % inputs.size());
        auto const damage = damaged(inputs[number].answer, "result", kind, random);
        if (damage.place.empty()) continue;
        tables.add(kind.name, inputs[number].name, trials[number], damage,
                   honest[number] ? honesty_of(damage.text) : Honesty::honest);
    }
    tables.print();
    return tables.broken();
}

// A record of the stream that an answer of getLedgers becomes.
std::string marked(std::string const& bytes) {
    auto const size = bytes.size() | 0x80000000U;
    std::string record;
    for (int shift = 24; shift >= 0; shift -= 8) record += static_cast<char>(size >> shift);
    return record + bytes;
}

std::vector<Trial> ledger_trials(std::vector<StellarInput> const& inputs) {
    std::vector<Trial> trials;
    for (auto const& input : inputs) {
        auto const decoder =
            std::make_shared<stellar::LedgerDecoder>(input.passphrase, stellar::Content{});
        trials.emplace_back(
            [decoder](source::Answer const& answer) {
                return decoder->decode_stream(*answer.body, answer.part);
            },
            input.ledger, marked(input.content.bytes()));
    }
    return trials;
}

std::size_t run_stellar(Task const& task, std::size_t copies, std::mt19937_64& random,
                        Broken& broken) {
    auto const inputs = stellar_inputs(INDEXER_SOURCE_DIR, task.data);
    auto trials = ledger_trials(inputs);
    Tables hashed("Stellar, what its header's hashes cover", broken);
    Tables rest("Stellar, what only a node's word stands for", broken);
    auto const& kinds = xdr_kinds();
    for (std::size_t copy = 0; copy < copies; ++copy) {
        auto const& kind = kinds[copy % kinds.size()];
        auto const number = static_cast<std::size_t>(random() % inputs.size());
        bool const covered = kind.garble == nullptr && copy / kinds.size() % 2 == 0;
        auto damage = damaged(inputs[number].content, covered, kind, random);
        if (damage.place.empty()) continue;
        damage.text = marked(damage.text);
        auto& tables = covered ? hashed : rest;
        tables.add(kind.name, inputs[number].name, trials[number], damage,
                   covered ? Honesty::dishonest : Honesty::honest);
    }
    hashed.print();
    rest.print();
    return hashed.broken() + rest.broken();
}

std::size_t run(Task const& task) {
    fmt::print("{} copies, seed {}, {}\n", task.copies, task.seed,
               task.data.empty() ? "golden files" : "golden files and real data");
    std::mt19937_64 random(task.seed);
    Broken kept(task.keep);
    auto const share = task.chain.empty() ? task.copies / 2 : task.copies;
    std::size_t broken = 0;
    if (task.chain != "stellar") broken += run_solana(task, share, random, kept);
    if (task.chain != "solana") broken += run_stellar(task, share, random, kept);
    return broken;
}

int run(int count, char** arguments) {
    CLI::App app(
        "Damages copies of answers in every way one can come damaged, and counts what the "
        "program makes of each. Fails when one that breaks what every honest answer "
        "satisfies is written as if it did not.",
        "indexer_campaign");
    Task task;
    app.add_option("--copies", task.copies, "How many, of both chains together")
        ->capture_default_str();
    app.add_option("--seed", task.seed, "The same damage for the same seed")->capture_default_str();
    app.add_option("--data", task.data, "Folder of real chain data; empty: golden files only");
    app.add_option("--chain", task.chain, "solana or stellar (default: both)");
    app.add_option("--keep", task.keep, "Folder for the copies that are broken")
        ->check(CLI::ExistingDirectory);
    CLI11_PARSE(app, count, arguments);
    spdlog::set_level(spdlog::level::off);
    auto const broken = run(task);
    fmt::print("\n{} broken\n", broken);
    return broken == 0 ? 0 : 1;
}

}  // namespace
}  // namespace indexer::damage

int main(int count, char** arguments) {
    try {
        return indexer::damage::run(count, arguments);
    } catch (std::exception const& error) {
        fmt::print(stderr, "indexer_campaign: {}\n", error.what());
        return 2;
    }
}
