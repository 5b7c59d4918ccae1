#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "base/clock.hpp"
#include "config/config.hpp"
#include "observe/metrics.hpp"
#include "pipeline/backfill.hpp"
#include "resilience/random.hpp"
#include "store/coverage.hpp"
#include "store/writer.hpp"
#include "tests/integration/store/migrated_database.hpp"
#include "tests/support/fake_source.hpp"

namespace indexer::pipeline {

// A fixture that copies a chain held in memory into a real database.
class PipelineTest : public store::MigratedDatabase {
  protected:
    void SetUp() override {
        MigratedDatabase::SetUp();
        if (IsSkipped()) return;
        // A pool does not move: it is made in its place.
        pool_ = std::unique_ptr<pg::Pool>(  // NOLINT(modernize-make-unique)
            new pg::Pool(make_pool()));
        coverage_.emplace(*pool_, dataset_);
        writer_.emplace(*pool_, dataset_, 100);
    }

    static base::SeqRange range(std::uint64_t first, std::uint64_t last) {
        return base::SeqRange::inclusive(base::Seq(first), base::Seq(last));
    }

    // A whole run, whatever is missing of the range.
    Report copy(source::Source& source, base::SeqRange range, config::Pipeline const& config = {},
                std::stop_token stop = {}) {
        Backfill backfill(source, *coverage_, *writer_, config, base::steady_clock(), random_,
                          metrics_, memory_);
        auto const tip = source.tip({});
        return backfill.run(range, tip, backfill.plan(range, tip, false, {}), std::move(stop));
    }

    store::Dataset dataset_{.chain = "fake", .content = "blocks", .decoder_version = 1};
    observe::Metrics metrics_{{}};
    base::MemoryBudget memory_;
    resilience::Random random_{1};
    std::unique_ptr<pg::Pool> pool_;
    std::optional<store::Coverage> coverage_;
    std::optional<store::Writer> writer_;
};

}  // namespace indexer::pipeline
