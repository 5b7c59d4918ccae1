// Any bytes as a config file: options, or a refusal.

#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/error.hpp"
#include "cli/config_file.hpp"

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it so
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace indexer;
    CLI::App app;
    std::string text;
    app.add_option("--interval", text);
    app.add_option("--rpc-url", text)->envname("INDEXER_RPC_URL");
    config::Rpc rpc;
    std::vector<std::string> warnings;
    cli::ConfigFile const file(app, rpc, warnings);
    std::istringstream input(std::string(reinterpret_cast<char const*>(data), size));
    try {
        (void)file.items_in(input);
    } catch (base::Error const&) {
    } catch (CLI::Error const&) {
    }
    return 0;
}
