#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/memory_budget.hpp"
#include "base/seq.hpp"
#include "cli/observation.hpp"
#include "cli/signals.hpp"
#include "config/config.hpp"
#include "observe/metrics.hpp"
#include "pg/pool.hpp"
#include "pipeline/backfill.hpp"
#include "resilience/random.hpp"
#include "rpc/client.hpp"
#include "source/source.hpp"
#include "store/coverage.hpp"
#include "store/dataset.hpp"
#include "store/writer.hpp"

namespace indexer::cli {

// Everything a run that copies history is made of, built from the endpoint down to the rows.
class Session {
  public:
    // `options` must outlive the session. Throws when no endpoint is named or none answers, and
    // when the database cannot be used for the network that they serve.
    Session(config::Options const& options, std::string const& command, std::stop_token stop);

    [[nodiscard]] base::Clock& clock() noexcept { return clock_; }
    [[nodiscard]] Observation& seen() noexcept { return seen_; }
    [[nodiscard]] bool endpoints_usable() const { return !client_ || client_->usable(); }
    [[nodiscard]] base::MemoryBudget& memory() noexcept { return memory_; }
    [[nodiscard]] source::Source& source() noexcept { return *source_; }
    [[nodiscard]] base::Seq tip() const noexcept { return tip_; }  // when the session began

    // The database comes second: it costs more than an endpoint, and a wrong request or URL should
    // not start one. To be called once, before what follows. Throws Fault::not_understood when the
    // endpoints serve another chain than the one that is stored.
    // `replaces`: rows that a block no longer has go when it is written. A dry run writes nothing,
    // neither here nor later: turns of a shared rate, which are taken in the database, are left to
    // others.
    void open(std::stop_token stop, bool replaces = false);
    // The same for a run that compares and writes nothing: another chain is what it is to find.
    void open_to_compare(std::stop_token stop);
    // Finds states anew that went with the block that had set them; how many stay unknown. Returns
    // after a stop.
    std::uint64_t restore_states(std::stop_token stop);
    [[nodiscard]] store::Dataset const& dataset() const noexcept { return dataset_; }
    [[nodiscard]] store::Coverage& coverage() noexcept { return *coverage_; }
    [[nodiscard]] store::Writer& writer() noexcept { return *writer_; }
    [[nodiscard]] pipeline::Backfill& run() noexcept { return *run_; }
    // Blocks of a report's range that are stored and that its run was to write again, but did not.
    [[nodiscard]] std::vector<pipeline::Unreplaced> unreplaced(pipeline::Report const& report);
    [[nodiscard]] pg::Pool& pool() noexcept { return *pool_; }

  private:
    void open_database(std::stop_token stop, bool replaces, bool writes);
    [[nodiscard]] store::Writer::Mode mode(bool replaces, std::stop_token stop);
    void share_rate();

    config::Options const& options_;
    std::string command_;
    base::Clock& clock_;
    resilience::Random random_;
    Observation seen_;
    base::MemoryBudget memory_;
    observe::Metrics::Collection memory_samples_;
    std::unique_ptr<rpc::Client> client_;  // nothing where no endpoint is asked
    OnHangup on_hangup_;
    std::unique_ptr<source::Source> source_;
    std::string network_;
    base::Seq tip_;
    store::Dataset dataset_;
    std::unique_ptr<pg::Pool> pool_;
    std::optional<observe::Metrics::Collection> pool_samples_;
    std::optional<observe::Metrics::Collection> protocol_samples_;
    std::optional<store::Coverage> coverage_;
    std::optional<store::Writer> writer_;
    std::optional<pipeline::Backfill> run_;
};

}  // namespace indexer::cli
