#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/memory_budget.hpp"
#include "config/config.hpp"
#include "model/check.hpp"
#include "model/row_batch.hpp"
#include "rpc/client.hpp"
#include "source/source.hpp"

namespace indexer {

// Whether the source asks endpoints, rather than reading files.
[[nodiscard]] bool needs_client(config::Options const& options);

// How many endpoints a block can be asked of.
[[nodiscard]] std::size_t witnesses_of(config::Options const& options);

// What a program that has only the database knows of a chain.
struct ChainDescription {
    std::span<model::Table const* const> tables;
    std::span<model::Check const> checks;  // for a verification
    std::string_view abandoned{};          // for pipeline::Abandoned; empty: nothing is ever
    std::string_view notes{};              // for store::notes()
    int decoder_version = 0;               // of the decoder of this program
};

// For a certificate, beside the links of blocks: what was held against the chain's own hashes
// before it was stored, and what rests on the word of who served it. Empty where there is nothing
// to say.
struct Vouchers {
    std::string_view by_hash;
    std::string_view by_word;
};

// Of the rows that have that content.
[[nodiscard]] Vouchers vouchers(std::string const& chain, std::string const& content);

// Throws Fault::usage when there is no such chain.
[[nodiscard]] ChainDescription describe(std::string const& chain);

// The command-line options that choose a content of the chain by its name, each behind a space.
[[nodiscard]] std::string options_for(std::string const& chain, std::string_view content);

// The source of the chain that `options` name: the one place that knows all chains. What is passed
// must outlive the source. Requires: a client, if one is needed.
[[nodiscard]] std::unique_ptr<source::Source> make_source(config::Options const& options,
                                                          rpc::Client* client, base::Clock& clock,
                                                          base::MemoryBudget& memory);

}  // namespace indexer
