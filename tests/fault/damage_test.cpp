#include <map>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <httplib.h>
#include <simdjson.h>

#include "tests/damage/honesty.hpp"
#include "tests/damage/inputs.hpp"
#include "tests/damage/json_damage.hpp"
#include "tests/places.hpp"
#include "tests/support/http_server.hpp"
#include "tests/support/solana_blocks.hpp"
#include "tests/world/world.hpp"

// A share of the campaign of scripts/campaign, through the program and a database.
namespace indexer::test {
namespace {

using damage::Json;

constexpr std::uint64_t kFirst = 1'000;
constexpr std::uint64_t kBlocks = 64;
constexpr std::uint64_t kLast = kFirst + kBlocks - 1;

constexpr int kAttempts = 20;  // at damaging a block in one way, before another is tried

using Answers = std::map<std::uint64_t, std::string>;  // of getBlock, by slot

// A node that serves answers as they are, right or wrong.
class AnyNode {
  public:
    explicit AnyNode(Answers answers)
        : answers_(std::move(answers)),
          server_({[this](auto const& request, auto& response) { serve(request, response); }}) {}

    [[nodiscard]] std::string url() const { return server_.url(); }

  private:
    void serve(httplib::Request const& request, httplib::Response& response) const {
        simdjson::dom::parser parser;
        simdjson::dom::element const call = parser.parse(request.body);
        auto const id = simdjson::minify(call["id"].value());
        response.set_content(answer(call, id), "application/json");
    }
    [[nodiscard]] std::string answer(simdjson::dom::element call, std::string const& id) const {
        std::string_view const method = call["method"];
        if (method == "getBlock") {
            auto text = answers_.at(call["params"].at(0).get_uint64());
            auto const mark = text.find("%ID%");
            return mark == std::string::npos ? text : text.replace(mark, 4, id);
        }
        return fmt::format(R"({{"jsonrpc":"2.0","result":{},"id":{}}})", result(method, call), id);
    }
    [[nodiscard]] std::string result(std::string_view method, simdjson::dom::element call) const {
        if (method == "getGenesisHash") return R"("5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d")";
        if (method == "getFirstAvailableBlock") return std::to_string(kFirst);
        if (method != "getBlocks") return std::to_string(kLast);
        std::uint64_t const first = call["params"].at(0);
        std::uint64_t const last = call["params"].at(1);
        std::vector<std::uint64_t> slots;
        for (auto const& [slot, text] : answers_) {
            if (slot >= first && slot <= last) slots.push_back(slot);
        }
        return fmt::format("[{}]", fmt::join(slots, ","));
    }

    Answers answers_;
    HttpServer server_;
};

Json text_of(std::string const& text) {
    return {Json::Kind::string, text, {}};
}

// Blocks of the golden files' transactions, one behind the other.
std::map<std::uint64_t, Json> chain() {
    auto const inputs = damage::solana_inputs(INDEXER_SOURCE_DIR, {});
    std::map<std::uint64_t, Json> blocks;
    for (auto slot = kFirst; slot <= kLast; ++slot) {
        auto answer = inputs[slot % inputs.size()].answer;
        auto& result = *answer.member("result");
        *result.member("blockhash") = text_of(blockhash_of(slot));
        *result.member("previousBlockhash") = text_of(blockhash_of(slot - 1));
        *result.member("parentSlot") = {Json::Kind::number, std::to_string(slot - 1), {}};
        if (auto* const height = result.member("blockHeight"); height != nullptr) {
            *height = {Json::Kind::number, std::to_string(slot), {}};
        }
        *answer.member("id") = text_of("%ID%");
        blocks.emplace(slot, std::move(answer));
    }
    return blocks;
}

std::string sent(std::string text) {
    auto const quoted = text.find("\"%ID%\"");
    return quoted == std::string::npos ? text : text.replace(quoted, 6, "%ID%");
}

class Damage : public World {
  protected:
    void SetUp() override {
        World::SetUp();
        if (IsSkipped()) return;
        for (auto const& [slot, block] : chain()) whole_.emplace(slot, sent(damage::write(block)));
    }

    // One damage a block, of every kind in turn, but not to what links them.
    Answers damaged(std::uint64_t seed) {
        std::mt19937_64 random(seed);
        Answers answers;
        for (auto const& [slot, block] : chain()) {
            answers.emplace(slot, sent(damaged_copy(block, slot, random)));
        }
        return answers;
    }
    // Of the first kind from there on that finds a place in the block: one without transactions
    // has no list to shorten, but every text can be cut off.
    static std::string damaged_copy(Json const& block, std::uint64_t first,
                                    std::mt19937_64& random) {
        auto const& kinds = damage::json_kinds();
        for (auto kind = first;; ++kind) {
            for (int attempt = 0; attempt < kAttempts; ++attempt) {
                auto copy = damage::damaged(block, "result", kinds[kind % kinds.size()], random);
                if (!copy.place.empty() && !is_link(copy.place)) return std::move(copy.text);
            }
        }
    }
    static bool is_link(std::string const& place) {
        return place == "blockhash" || place == "previousBlockhash" || place == "parentSlot";
    }

    Finished run(std::string const& command, std::vector<std::string> const& urls,
                 std::vector<std::string> more = {}) {
        more.insert(more.begin(),
                    {command, "--from-slot", std::to_string(kFirst), "--to-slot",
                     std::to_string(kLast), "--include-votes", "--rewards", "--max-attempts", "2",
                     "--backoff", "1ms", "--breaker-failures", "1000"});
        for (auto const& url : urls) more.insert(more.end(), {"--rpc-url", url});
        return indexer(std::move(more));
    }

    // The rows of each slot, as one text.
    std::map<std::string, std::string> rows() {
        std::map<std::string, std::string> rows;
        for (char const* const name :
             {"blocks", "transactions", "token_transfers", "sol_transfers", "swaps"}) {
            auto const lines = table(
                fmt::format("select slot || '=' || md5(string_agg(t::text, ',' order by t::text)) "
                            "from solana.{} t group by slot",
                            name));
            for (auto const& line : lines_of(lines)) {
                rows[line.substr(0, line.find('='))] += line.substr(line.find('='));
            }
        }
        return rows;
    }
    static std::vector<std::string> lines_of(std::string const& text) {
        std::vector<std::string> lines;
        for (std::size_t at = 0; at < text.size();) {
            auto const end = text.find('\n', at);
            lines.push_back(text.substr(at, end - at));
            at = end + 1;
        }
        return lines;
    }

    Answers whole_;
};

// What no honest node would say of a slot; empty: nothing. Bytes that make it no JSON where nobody
// reads it make no difference.
std::string dishonesty_of(std::string text, bool is_stored_right) {
    if (auto const id = text.find("%ID%"); id != std::string::npos) text.replace(id, 4, "1");
    try {
        return damage::dishonesty(damage::parse(text));
    } catch (simdjson::simdjson_error const&) {
        return is_stored_right ? "" : "no JSON";
    }
}

TEST_F(Damage, OfABlockIsToldWhateverItsKind) {
    auto const seed = ::testing::UnitTest::GetInstance()->random_seed() + 11U;
    SCOPED_TRACE(fmt::format("seed {}", seed));
    migrate();
    AnyNode const honest(whole_);
    // Some of the golden files hold an instruction that nobody understands.
    ASSERT_EQ(run("backfill", {honest.url()}).exit_code, 3);
    ASSERT_EQ(table("select count(*) from indexer.holes"), "0\n");
    auto const right = rows();
    database_.reset();
    database_.emplace();
    migrate();

    auto const answers = damaged(seed);
    AnyNode const lying(answers);
    auto const copied = run("backfill", {lying.url()});
    EXPECT_EQ(copied.exit_code, 3) << copied.out << copied.err;
    auto const doubtful = table(
        "select seq from indexer.holes union select seq from indexer.dead_letters "
        "union select slot from solana.transactions where success is null order by 1");
    EXPECT_NE(doubtful, "");
    auto const stored = rows();
    for (auto const& [slot, text] : answers) {
        if (doubtful.find(std::to_string(slot)) != std::string::npos) continue;
        auto const key = std::to_string(slot);
        EXPECT_EQ(dishonesty_of(text, stored.at(key) == right.at(key)), "") << slot;
    }
    auto const verified = indexer({"verify"});
    EXPECT_EQ(verified.exit_code, 3) << verified.out;

    auto const repaired = run("repair", {lying.url(), honest.url()}, {"--now"});
    EXPECT_EQ(table("select count(*) from indexer.holes"), "0\n") << repaired.out << repaired.err;
    EXPECT_EQ(rows().size(), right.size());
}

}  // namespace
}  // namespace indexer::test
