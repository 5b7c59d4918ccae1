#include <fstream>

#include <gtest/gtest.h>

#include "tests/support/temp_folder.hpp"
#include "tests/world/world.hpp"

namespace indexer::test {
namespace {

class BadInput : public World {
  protected:
    // The program refuses with this exit code and a message that names what is wrong; nothing is
    // printed to stdout.
    void expect_refusal(std::vector<std::string> arguments, int exit_code,
                        std::string const& text) {
        auto const done = indexer(std::move(arguments));
        EXPECT_EQ(done.exit_code, exit_code) << done.err;
        EXPECT_NE(done.err.find("indexer: "), std::string::npos) << done.err;
        EXPECT_NE(done.err.find(text), std::string::npos) << done.err;
        EXPECT_EQ(done.out, "");
    }

    void good_world() {
        start_node({"--first-slot", "1000", "--slots", "50", "--seed", "7"});
        migrate();
    }
};

TEST_F(BadInput, Usage) {
    expect_refusal({}, 2, "subcommand is required");
    expect_refusal({"frobnicate"}, 2, "frobnicate");
    expect_refusal({"backfill"}, 2, "--from-slot is required");
    expect_refusal({"backfill", "--from-slot", "1"}, 2, "--rpc-url: no endpoint is named");
    expect_refusal({"backfill", "--from-slot", "abc"}, 2, "--from-slot");
    expect_refusal({"backfill", "--from-slot", "-5"}, 2, "--from-slot");
    expect_refusal({"backfill", "--from-slot", "5", "--concurrency", "0"}, 2, "--concurrency");
    expect_refusal({"backfill", "--from-slot", "5", "--batch-size", "0"}, 2, "--batch-size");
    expect_refusal({"backfill", "--from-slot", "5", "--timeout", "10"}, 2,
                   "10 is not a duration like 500ms, 10s or 1h");
    expect_refusal({"backfill", "--from-slot", "5", "--frobnicate"}, 2, "--frobnicate");
    expect_refusal({"backfill", "--from-slot", "5", "--output", "yaml"}, 2, "--output");
    environment_["INDEXER_RPC_URL"] = "http://127.0.0.1:9/";
    expect_refusal({"backfill", "--from-slot", "9", "--to-slot", "8"}, 2,
                   "--to-slot: 8 is before --from-slot 9");
}

TEST_F(BadInput, AnEndpointThatIsNone) {
    migrate();
    expect_refusal({"backfill", "--from-slot", "5", "--rpc-url", "no-url"}, 2, "(not a URL)");
    expect_refusal({"backfill", "--from-slot", "5", "--rpc-url", "no-url"}, 2, "--rpc-url");
    expect_refusal({"backfill", "--from-slot", "5", "--rpc-url", "ftp://host/"}, 2, "ftp://host");
    auto const started = std::chrono::steady_clock::now();
    expect_refusal({"backfill", "--from-slot", "5", "--rpc-url", "http://127.0.0.1:9/token",
                    "--max-attempts", "2"},
                   6, "http://127.0.0.1:9");
    EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(30));
}

TEST_F(BadInput, ARangeTheEndpointCannotServe) {
    good_world();
    expect_refusal({"backfill", "--from-slot", "900", "--to-slot", "1010"}, 6,
                   "900 is missing, but the endpoint's first block is 100");
    expect_refusal({"backfill", "--from-slot", "1000", "--to-slot", "5000"}, 2,
                   "the range ends at 5000, but the tip is 10");
    expect_refusal({"backfill", "--from-slot", "5000"}, 2, "--from-slot: 5000 is past the tip");
}

TEST_F(BadInput, ADatabaseThatIsNotThere) {
    start_node({"--first-slot", "1000", "--slots", "50"});
    std::vector<std::string> const backfill{"backfill", "--from-slot", "1000", "--to-slot", "1010"};
    expect_refusal(backfill, 5, "schema is too old");
    environment_["DATABASE_URL"] = "postgresql://user:hunter2@127.0.0.1:9/x";
    auto const done = indexer(backfill);
    EXPECT_EQ(done.exit_code, 5) << done.err;
    EXPECT_EQ(done.err.find("hunter2"), std::string::npos) << done.err;
}

TEST_F(BadInput, ASchemaFromTheFuture) {
    good_world();
    run_sql("insert into indexer.migrations (number, name, checksum) values (9999, '9999_x', '')");
    expect_refusal({"backfill", "--from-slot", "1000", "--to-slot", "1010"}, 5,
                   "schema is newer than this program");
    expect_refusal({"migrate"}, 5, "schema is newer than this program");
}

TEST_F(BadInput, ADatabaseOfAnotherNetwork) {
    good_world();
    ASSERT_EQ(indexer({"backfill", "--from-slot", "1000", "--to-slot", "1010"}).exit_code, 0);
    start_node({"--first-slot", "1000", "--slots", "50", "--genesis",
                "4uhcVJyU9pJkvQyS88uRDiswHXSCkY3zQawwpjk2NsNY"});
    expect_refusal({"backfill", "--from-slot", "1000", "--to-slot", "1040"}, 7,
                   "4uhcVJyU9pJkvQyS88uRDiswHXSCkY3zQawwpjk2NsNY");
}

TEST_F(BadInput, SecretsAreNeverShown) {
    migrate();
    auto const done =
        indexer({"backfill", "--from-slot", "5", "--max-attempts", "1", "--rpc-url",
                 "http://name:password@127.0.0.1:9/v2/token?api-key=key", "--log-level", "debug"});
    EXPECT_EQ(done.exit_code, 6);
    for (auto const* const secret : {"password", "token", "api-key", "name:"}) {
        EXPECT_EQ(done.err.find(secret), std::string::npos) << done.err;
    }
    auto const stray = indexer({"backfill", "https://host/v2/token"});
    EXPECT_EQ(stray.exit_code, 2);
    EXPECT_EQ(stray.err.find("token"), std::string::npos) << stray.err;
}

class ConfigSources : public World {
  protected:
    void SetUp() override {
        World::SetUp();
        if (IsSkipped()) return;
        start_node({"--first-slot", "1000", "--slots", "50", "--seed", "7"});
        migrate();
    }

    Finished with_config(std::string const& text, std::vector<std::string> arguments) {
        std::ofstream(path_) << text;
        arguments.insert(arguments.begin(), {"--config", path_});
        return indexer(std::move(arguments));
    }

    TempFolder const folder_;
    std::string const path_ = folder_.path() / "indexer.toml";
};

TEST_F(ConfigSources, FlagsOverEnvironmentOverFileOverDefaults) {
    std::vector<std::string> const dry{"backfill", "--dry-run", "--from-slot", "1000"};
    environment_["INDEXER_RPC_URL"] = "";
    // From the file alone; options of other commands are passed over.
    auto const from_file = with_config("rpc-url = \"" + node_->url() + "\"\nto-slot = 1009\n", dry);
    EXPECT_EQ(from_file.exit_code, 0) << from_file.err;
    EXPECT_NE(from_file.out.find("of 10 seqs"), std::string::npos) << from_file.out;
    // The environment rules over the file.
    environment_["INDEXER_RPC_URL"] = node_->url();
    auto const from_environment = with_config("rpc-url = \"http://127.0.0.1:9\"", dry);
    EXPECT_EQ(from_environment.exit_code, 0) << from_environment.err;
    // A flag rules over both.
    auto flags = dry;
    flags.insert(flags.end(), {"--to-slot", "1004"});
    EXPECT_NE(with_config("to-slot = 1009", flags).out.find("of 5 seqs"), std::string::npos);
    environment_["INDEXER_RPC_URL"] = "http://127.0.0.1:9";
    environment_["DATABASE_URL"] = "postgresql://127.0.0.1:9/other";
    flags.insert(flags.end(), {"--rpc-url", node_->url(), "--database-url", database_->url()});
    auto const from_flags = indexer(flags);
    EXPECT_EQ(from_flags.exit_code, 0) << from_flags.err;
}

TEST_F(ConfigSources, AnUnknownNameInTheFileIsAnError) {
    auto const done = with_config("concurency = 5", {"status"});
    EXPECT_EQ(done.exit_code, 2);
    EXPECT_NE(done.err.find("config file: concurency is not an option"), std::string::npos)
        << done.err;
}

TEST_F(ConfigSources, AFileThatIsNotThereIsAnError) {
    auto const done = indexer({"--config", "/nonexistent.toml", "status"});
    EXPECT_EQ(done.exit_code, 2);
    EXPECT_NE(done.err.find("/nonexistent.toml"), std::string::npos) << done.err;
}

TEST_F(ConfigSources, SecretsMayComeFromFiles) {
    std::ofstream(path_) << node_->url() << "\n";
    environment_["INDEXER_RPC_URL"] = "";
    environment_["INDEXER_RPC_URL_FILE"] = path_;
    auto const done = indexer({"backfill", "--dry-run", "--from-slot", "1000"});
    EXPECT_EQ(done.exit_code, 0) << done.err;
}

}  // namespace
}  // namespace indexer::test
