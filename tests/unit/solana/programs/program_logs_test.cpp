#include "solana/programs/program_logs.hpp"

#include <gtest/gtest.h>
#include <simdjson.h>

#include "solana/programs/program.hpp"
#include "tests/unit/solana/programs/hand_made.hpp"

namespace indexer::test {
namespace {

// The log of a transaction, and what it says a program wrote.
class ProgramLog : public ::testing::Test {
  protected:
    // `more` is put behind the lines as it is.
    void load(std::initializer_list<std::string> lines, std::string const& more = "") {
        text_ = "[";
        for (auto const& line : lines) text_ += (text_.size() > 1 ? ",\"" : "\"") + line + '"';
        if (!more.empty()) text_ += ',' + more;
        text_ += ']';
        auto const size = text_.size();
        text_.append(simdjson::SIMDJSON_PADDING, ' ');
        logs_.load(std::string_view(text_).substr(0, size));
    }
    std::string of(std::string_view address, std::size_t invocation) {
        return std::string(logs_.data_of(*solana::find_program(address), invocation));
    }

    std::string const pool_ = std::string(program::kCpmm);
    std::string const other_ = std::string(program::kClmm);
    std::string text_;
    solana::ProgramLogs logs_;
};

std::string data(std::string const& text) {
    return "Program data: " + base64_text(text);
}

TEST_F(ProgramLog, BelongsToTheInnermostCall) {
    load({"Program " + pool_ + " invoke [1]", "Program Unknown111 invoke [2]", data("unknown's"),
          "Program " + other_ + " invoke [3]", data("other's"), "Program " + other_ + " success",
          "Program Unknown111 failed: custom program error: 0x1", data("pool's"), data("second"),
          "Program " + pool_ + " success", "Program " + pool_ + " invoke [1]", "Program log: text",
          "Program log: ray_log: " + base64_text("again")});
    EXPECT_EQ(of(pool_, 0), "pool's");
    EXPECT_EQ(of(other_, 0), "other's");
    EXPECT_EQ(of(pool_, 1), "again");
    EXPECT_EQ(of(pool_, 2), "");
}

TEST_F(ProgramLog, EndsWhereItWasCut) {
    load({"Program " + pool_ + " invoke [1]", "Log truncated", data("pool's")});
    EXPECT_EQ(of(pool_, 0), "");
}

TEST_F(ProgramLog, MayHoldAnything) {
    load({"", "Program ", "Program x", "Program success", data("nobody's"), "Program x success",
          "Program " + pool_ + " invoke [1]", "Program data: no base64!", "something else",
          "Program " + pool_ + " consumed 5 of 9 compute units", data("pool's")});
    EXPECT_EQ(of(pool_, 0), "pool's");
}

TEST_F(ProgramLog, EndsWhereItIsNoListOfTexts) {
    auto const call = "Program " + pool_ + " invoke [1]";
    for (std::string_view const broken :
         {R"("x":"y")", R"(7)", R"("x" "y")", R"(["x")", R"({"x")", R"(,)"}) {
        load({call, data("pool's")}, std::string(broken) + ",\"" + data("second") + '"');
        EXPECT_EQ(of(pool_, 0), "pool's") << broken;
        load({call}, std::string(broken) + ",\"" + data("pool's") + '"');
        EXPECT_EQ(of(pool_, 0), "") << broken;
    }
}

TEST_F(ProgramLog, OfTheLastTransactionIsForgotten) {
    load({"Program " + pool_ + " invoke [1]", data("pool's")});
    logs_.load("");
    EXPECT_EQ(of(pool_, 0), "");
}

}  // namespace
}  // namespace indexer::test
