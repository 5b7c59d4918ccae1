#pragma once

#include <vector>

#include "base/json_writer.hpp"
#include "base/seq.hpp"
#include "cli/exit_code.hpp"
#include "config/config.hpp"
#include "pipeline/report.hpp"
#include "store/dataset.hpp"
#include "store/gaps.hpp"

// Results of a run, on stdout.
namespace indexer::cli {

[[nodiscard]] ExitCode exit_code_for(pipeline::Report const& report) noexcept;

// An array of {"first": …, "last": …}, both ends included.
void add_ranges(base::JsonWriter& json, std::vector<base::SeqRange> const& ranges);

// What a run would fetch.
void print_plan(base::SeqRange range, std::vector<base::SeqRange> const& plan,
                config::OutputFormat format, store::Waiting const& waiting = {});

// What a run did, and what is missing.
void print_report(store::Dataset const& dataset, pipeline::Report const& report,
                  config::OutputFormat format);

}  // namespace indexer::cli
