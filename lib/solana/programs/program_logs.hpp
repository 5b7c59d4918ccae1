#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>

#include "solana/programs/call.hpp"

namespace indexer::solana {

// The data that known programs wrote to a transaction's log, by the call that wrote it. Logs are
// cut at 10 kB and left out by some nodes, so that any of it may be missing: no row may depend on
// it alone. Keeps its buffers from transaction to transaction; by one thread at a time.
//
// Lines that matter, as Agave writes them:
//   Program <address> invoke [<depth>]       a call begins
//   Program <address> success | failed: …    the innermost call ends
//   Program data: <base64>                   of the innermost call: an Anchor event
//   Program log: ray_log: <base64>           of the innermost call: Raydium's own
//   Log truncated                            lines are missing from here on
class ProgramLogs {
  public:
    // `lines` is Transaction::logs, and lies in a text with simdjson's padding behind it. Nobody
    // looked at it yet: where it is no list of texts the rest of it counts as missing.
    void load(std::string_view lines);

    // What the `invocation`-th call (from 0) of the program wrote first, decoded; empty when there
    // is nothing. Valid until the next call of this function.
    [[nodiscard]] std::string_view data_of(Program const& program, std::size_t invocation);

  private:
    struct Invocation {
        Program const* program;  // null: no decoder knows it
        std::size_t number;      // among the calls of its program
    };
    struct Data {
        Invocation from;
        std::string_view base64;
    };

    void read(std::string_view line);
    void begin(std::string_view address);
    void keep(std::string_view base64);

    simdjson::ondemand::parser parser_;
    std::vector<Invocation> begun_;  // all calls of known programs
    std::vector<Invocation> stack_;
    std::vector<Data> data_;
    std::string bytes_;
};

}  // namespace indexer::solana
