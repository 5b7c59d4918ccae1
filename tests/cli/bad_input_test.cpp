#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

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

// What a variable of the shell that is not set leaves of "--database-url $URL".
TEST_F(BadInput, AnEmptyValueIsNoneLeftOut) {
    for (auto const* const option : {"--view", "--database-url", "--data-dir"}) {
        expect_refusal({"verify", option, ""}, 2, std::string(option) + ": its value is empty");
    }
    expect_refusal({"poll", "--metrics-file", ""}, 2, "--metrics-file: its value is empty");
    expect_refusal({"poll", "--rpc-url", ""}, 2, "--rpc-url: its value is empty");
}

TEST_F(BadInput, WhiteSpaceAroundAUrlIsNoPartOfIt) {
    migrate();
    for (std::string const end : {"\n", "\r\n", "\r", " "}) {
        environment_["DATABASE_URL"] = " " + database_->url() + end;
        EXPECT_EQ(indexer({"migrate", "--status"}).exit_code, 0);
    }
    environment_["DATABASE_URL"] = " \r\n";
    expect_refusal({"migrate", "--status"}, 2, "--database-url: its value is empty");
}

TEST_F(BadInput, AUrlThatIsMeantForAnotherProgram) {
    environment_["DATABASE_URL"] = database_->url() + "&schema=public&connection_limit=5";
    expect_refusal({"migrate"}, 2,
                   "the URL has what PostgreSQL does not know: schema, connection_limit");
    environment_["DATABASE_URL"] = "postgresql://user:hunter%2@127.0.0.1/x";
    expect_refusal({"migrate"}, 2, "write % as %25");
}

TEST_F(BadInput, MoreCallsThanThisProcessMayHaveFilesOpen) {
    good_world();
    auto const with_limit = [&](std::string const& limit, std::string const& concurrency) {
        return run_program(
            {"/bin/bash", "-c", "ulimit " + limit + "; exec \"$0\" \"$@\"", program_, "backfill",
             "--from-slot", "1000", "--to-slot", "1040", "--concurrency", concurrency},
            {{"DATABASE_URL", database_->url()}, {"INDEXER_RPC_URL", node_->url()}});
    };
    auto const raised = with_limit("-Sn 256", "100");
    EXPECT_EQ(raised.exit_code, 0) << raised.err;
    auto const refused = with_limit("-n 256", "100");
    EXPECT_EQ(refused.exit_code, 2) << refused.err;
    EXPECT_NE(refused.err.find("--concurrency: 100 calls at the same time need"), std::string::npos)
        << refused.err;
    auto const hint = refused.err.find("give --concurrency ");
    ASSERT_NE(hint, std::string::npos) << refused.err;
    auto const fits =
        std::stoi(refused.err.substr(hint + std::string("give --concurrency ").size()));
    EXPECT_EQ(with_limit("-n 256", std::to_string(fits)).exit_code, 0);
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

TEST_F(ConfigSources, TheEnvironmentNamesTheFileUnlessAFlagDoes) {
    environment_["INDEXER_RPC_URL"] = "";
    std::ofstream(path_) << "rpc-url = \"" << node_->url() << "\"\nto-slot = 1009\n";
    environment_["INDEXER_CONFIG"] = path_;
    std::vector<std::string> const dry{"backfill", "--dry-run", "--from-slot", "1000"};
    auto const done = indexer(dry);
    EXPECT_EQ(done.exit_code, 0) << done.err;
    EXPECT_NE(done.out.find("of 10 seqs"), std::string::npos) << done.out;
    environment_["INDEXER_CONFIG"] = "/nonexistent.toml";
    auto const missing = indexer(dry);
    EXPECT_EQ(missing.exit_code, 2);
    EXPECT_NE(missing.err.find("/nonexistent.toml"), std::string::npos) << missing.err;
    auto flags = dry;
    flags.insert(flags.begin(), {"--config", path_});
    EXPECT_EQ(indexer(flags).exit_code, 0);
}

TEST_F(ConfigSources, AnUnknownNameInTheFileIsAnError) {
    auto const done = with_config("concurency = 5", {"status"});
    EXPECT_EQ(done.exit_code, 2);
    EXPECT_NE(done.err.find("config file: concurency is no option"), std::string::npos) << done.err;
}

TEST_F(ConfigSources, AFileOfAnotherKindIsNotRepeated) {
    for (auto const* const line : {"root:$6$hash:20228:0", "-----BEGIN PRIVATE KEY-----"}) {
        auto const done = with_config(std::string(line) + "\n", {"status"});
        EXPECT_EQ(done.exit_code, 2);
        EXPECT_NE(done.err.find("config file: a line is no option"), std::string::npos) << done.err;
        EXPECT_EQ(done.err.find("hash"), std::string::npos) << done.err;
        EXPECT_EQ(done.err.find("PRIVATE"), std::string::npos) << done.err;
    }
}

TEST_F(ConfigSources, AFileThatIsNotThereIsAnError) {
    auto const done = indexer({"--config", "/nonexistent.toml", "status"});
    EXPECT_EQ(done.exit_code, 2);
    EXPECT_NE(done.err.find("/nonexistent.toml"), std::string::npos) << done.err;
}

TEST_F(ConfigSources, AFileThatOthersMayWriteToIsNotRead) {
    std::ofstream(path_) << "interval = \"5s\"\n";
    std::filesystem::permissions(path_, std::filesystem::perms(0666));
    auto const done = indexer({"--config", path_, "status"});
    EXPECT_EQ(done.exit_code, 2);
    EXPECT_NE(done.err.find("config file: " + path_ + ": others may write to it"),
              std::string::npos)
        << done.err;
    environment_["INDEXER_RPC_URL"] = "";
    environment_["INDEXER_RPC_URL_FILE"] = path_;
    auto const secret = indexer({"backfill", "--dry-run", "--from-slot", "1000"});
    EXPECT_EQ(secret.exit_code, 2);
    EXPECT_NE(secret.err.find("INDEXER_RPC_URL_FILE: " + path_ + ": others may write to it"),
              std::string::npos)
        << secret.err;
}

TEST_F(ConfigSources, AnotherUsersFileInAFolderOfEverybodysIsNotRead) {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root: another user's file";
    std::filesystem::permissions(folder_.path(), std::filesystem::perms(01777));
    std::ofstream(path_) << "interval = \"5s\"\n";
    ASSERT_EQ(::chown(path_.c_str(), 4711, 4711), 0);
    auto const done = indexer({"--config", path_, "status"});
    EXPECT_EQ(done.exit_code, 2);
    EXPECT_NE(done.err.find("belongs to another user (4711), in a folder that all may write to"),
              std::string::npos)
        << done.err;
    // Elsewhere it is whose the caller means, as a file mounted into a container is.
    std::filesystem::permissions(folder_.path(), std::filesystem::perms(0755));
    EXPECT_EQ(indexer({"--config", path_, "status"}).exit_code, 0);
}

TEST_F(ConfigSources, SecretsThatOthersMayReadAreToldOf) {
    environment_["INDEXER_RPC_URL"] = "";
    std::vector<std::string> const dry{"backfill", "--dry-run", "--from-slot", "1000"};
    auto const told = [](Finished const& done) {
        return done.err.find("chmod 600") != std::string::npos;
    };
    auto const url = node_->url() + "/?key=secret-token";
    std::ofstream(path_) << "rpc-url = \"" + url + "\"\n";
    std::filesystem::permissions(path_, std::filesystem::perms(0644));
    auto arguments = dry;
    arguments.insert(arguments.begin(), {"--config", path_});
    auto const open = indexer(arguments);
    EXPECT_EQ(open.exit_code, 0) << open.err;
    EXPECT_TRUE(told(open)) << open.err;
    EXPECT_EQ(open.err.find("secret-token"), std::string::npos) << open.err;
    std::filesystem::permissions(path_, std::filesystem::perms(0600));
    EXPECT_FALSE(told(indexer(arguments)));
    std::ofstream(path_) << "rpc-url = \"" + node_->url() + "/\"\n";
    std::filesystem::permissions(path_, std::filesystem::perms(0644));
    EXPECT_FALSE(told(indexer(arguments)));  // it holds no secret

    std::ofstream(path_) << url << "\n";
    environment_["INDEXER_RPC_URL_FILE"] = path_;
    auto const file = indexer(dry);
    EXPECT_EQ(file.exit_code, 0) << file.err;
    EXPECT_TRUE(told(file)) << file.err;
}

TEST_F(ConfigSources, AFileWithoutEndIsNotReadToIt) {
    auto const done = indexer({"--config", "/dev/zero", "status"});
    EXPECT_EQ(done.exit_code, 2);
    EXPECT_NE(done.err.find("/dev/zero: cannot be read, or is longer than 64 KiB"),
              std::string::npos)
        << done.err;
}

TEST_F(ConfigSources, APipeIsAFileToo) {
    auto const done =
        run_program({"/bin/bash", "-c",
                     "exec \"$0\" --config <(echo 'to-slot = 1009') "
                     "backfill --dry-run --from-slot 1000",
                     program_},
                    {{"DATABASE_URL", database_->url()}, {"INDEXER_RPC_URL", node_->url()}});
    EXPECT_EQ(done.exit_code, 0) << done.err;
    EXPECT_NE(done.out.find("of 10 seqs"), std::string::npos) << done.out;
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
