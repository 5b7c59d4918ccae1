#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/world/world.hpp"

// Nodes of which one leaves transactions out of its blocks, which no hash shows on Solana: only
// another node does.
namespace indexer::test {
namespace {

class EndpointsAgree : public World {
  protected:
    void SetUp() override {
        World::SetUp();
        if (!IsSkipped()) migrate();
    }

    static std::unique_ptr<Simulator> node(std::string const& transactions) {
        return std::make_unique<Simulator>(
            std::vector<std::string>{"--first-slot", "1000", "--slots", "230", "--seed", "7",
                                     "--transactions", transactions});
    }

    Finished run(std::string const& command, std::vector<std::string> const& more,
                 std::vector<Simulator const*> const& nodes) {
        std::vector<std::string> arguments{command, "--from-slot",      "1000", "--to-slot",
                                           "1059",  "--flush-interval", "5ms"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        for (auto const* const one : nodes) {
            arguments.insert(arguments.end(), {"--rpc-url", one->url()});
        }
        return indexer(arguments);
    }
    Finished backfill(std::vector<std::string> const& more,
                      std::vector<Simulator const*> const& nodes) {
        return run("backfill", more, nodes);
    }

    void expect_what_is_stored_to_be_true() {
        auto const same = indexer({"audit", "--sample", "100%", "--against", honest_->url()});
        EXPECT_EQ(same.exit_code, 0) << same.out << same.err;
    }
    void expect_holes_only() const {
        EXPECT_EQ(table("select count(*) > 10 from indexer.holes where reason = 'disagreement'"),
                  "t\n");
        EXPECT_EQ(table("select count(*) from solana.blocks"), "0\n");
    }

    std::unique_ptr<Simulator> honest_ = node("8");
    std::unique_ptr<Simulator> another_ = node("8");
    std::unique_ptr<Simulator> hiding_ = node("1");
};

TEST_F(EndpointsAgree, OneAloneIsBelievedUnlessToldOtherwise) {
    auto const done = backfill({}, {hiding_.get()});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    auto const proof = indexer({"verify", "--deep"});
    EXPECT_EQ(proof.exit_code, 0) << proof.out << proof.err;
    EXPECT_NE(proof.out.find("by word"), std::string::npos) << "whose word it is, is told";
}

TEST_F(EndpointsAgree, OnWhatIsStored) {
    auto const done = backfill({"--agree", "2"}, {honest_.get(), another_.get()});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    auto const proof = indexer({"verify", "--deep"});
    EXPECT_EQ(proof.exit_code, 0) << proof.out << proof.err;
    auto const blocks = table("select count(*) from solana.blocks");
    EXPECT_NE(proof.out.find(blocks.substr(0, blocks.size() - 1) +
                             " blocks served alike by two endpoints or more"),
              std::string::npos)
        << proof.out;
}

TEST_F(EndpointsAgree, NothingIsStoredWhereTheyDoNot) {
    auto const done = backfill({"--agree", "2"}, {honest_.get(), hiding_.get()});
    EXPECT_EQ(done.exit_code, 3) << done.out << done.err;
    expect_holes_only();
    auto const why = indexer({"gaps"});
    EXPECT_NE(why.out.find("transactions instead of"), std::string::npos) << why.out;
    EXPECT_NE(why.out.find(hiding_->url()), std::string::npos) << why.out;
}

TEST_F(EndpointsAgree, TheMostAreBelieved) {
    auto const done = backfill({"--agree", "2"}, {hiding_.get(), honest_.get(), another_.get()});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    expect_what_is_stored_to_be_true();
    EXPECT_NE(done.err.find(hiding_->url()), std::string::npos) << done.err;
}

TEST_F(EndpointsAgree, AnAuditFindsWhoHides) {
    auto const done = backfill({"--audit", "100%"}, {hiding_.get(), honest_.get()});
    EXPECT_EQ(done.exit_code, 3) << done.out << done.err;
    expect_holes_only();
}

TEST_F(EndpointsAgree, PollAuditsWhatItPasses) {
    auto const done = indexer({"poll", "--from-slot", "1190", "--until-caught-up", "--audit",
                               "100%", "--rpc-url", hiding_->url(), "--rpc-url", honest_->url()});
    EXPECT_EQ(done.exit_code, 3) << done.out << done.err;
    expect_holes_only();
}

TEST_F(EndpointsAgree, WhatTheyDidNotAgreeOnIsNotTakenOfOneLater) {
    ASSERT_EQ(backfill({"--agree", "2"}, {honest_.get(), hiding_.get()}).exit_code, 3);
    auto const alone = run("repair", {"--now"}, {hiding_.get()});
    EXPECT_EQ(alone.exit_code, 3) << alone.out << alone.err;
    expect_holes_only();
    auto const three = run("repair", {"--now"}, {hiding_.get(), honest_.get(), another_.get()});
    EXPECT_EQ(three.exit_code, 0) << three.out << three.err;
    expect_what_is_stored_to_be_true();
}

TEST_F(EndpointsAgree, AsManyMustBeNamed) {
    auto const one = backfill({"--agree", "2"}, {honest_.get()});
    EXPECT_EQ(one.exit_code, 2);
    EXPECT_NE(one.err.find("--agree 2: there is only one to be asked"), std::string::npos)
        << one.err;
    auto const two = backfill({"--agree", "3"}, {honest_.get(), another_.get()});
    EXPECT_EQ(two.exit_code, 2);
    EXPECT_NE(two.err.find("--agree 3: there are only 2"), std::string::npos) << two.err;
    auto const twice = backfill({"--agree", "2"}, {honest_.get(), honest_.get()});
    EXPECT_EQ(twice.exit_code, 2);
    EXPECT_NE(twice.err.find("is named twice, and is one witness"), std::string::npos) << twice.err;
    EXPECT_EQ(backfill({"--audit", "1%"}, {honest_.get()}).exit_code, 2);
    EXPECT_EQ(backfill({"--audit", "0%"}, {honest_.get()}).exit_code, 2);
    EXPECT_EQ(backfill({"--agree", "0"}, {honest_.get()}).exit_code, 2);
}

TEST_F(EndpointsAgree, WhatIsStoredIsNotReplacedByLess) {
    ASSERT_EQ(backfill({}, {honest_.get()}).exit_code, 0);
    for (auto const& [command, more] :
         {std::pair<std::string, std::vector<std::string>>{"backfill", {"--force"}},
          {"reindex", {}}}) {
        auto const done = run(command, more, {hiding_.get()});
        EXPECT_EQ(done.exit_code, 3) << command << done.out << done.err;
        EXPECT_NE(done.err.find("transactions that are stored: what is stored stays"),
                  std::string::npos)
            << done.err;
        expect_what_is_stored_to_be_true();
    }
    auto const proof = indexer({"verify", "--deep"});
    EXPECT_EQ(proof.exit_code, 0) << proof.out << proof.err;
}

TEST_F(EndpointsAgree, WhatIsStoredIsReplacedByMore) {
    ASSERT_EQ(backfill({}, {hiding_.get()}).exit_code, 0);
    auto const done = backfill({"--force"}, {honest_.get()});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    expect_what_is_stored_to_be_true();
}

}  // namespace
}  // namespace indexer::test
