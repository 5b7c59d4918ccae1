#include "cli/session.hpp"

#include <algorithm>
#include <random>
#include <utility>

#include <spdlog/spdlog.h>

#include "base/error.hpp"
#include "chains.hpp"
#include "cli/database.hpp"
#include "cli/descriptors.hpp"
#include "cli/memory.hpp"
#include "cli/range.hpp"
#include "cli/witnesses.hpp"
#include "pipeline/agreement.hpp"
#include "pipeline/restore_states.hpp"
#include "pipeline/same_chain.hpp"
#include "pipeline/tip_guard.hpp"
#include "store/gaps.hpp"
#include "store/networks.hpp"
#include "store/rate_limits.hpp"
#include "store/states.hpp"

namespace indexer::cli {
namespace {

// What can be told to be impossible before anything is begun.
config::Options const& checked(config::Options const& options) {
    plan_descriptors(options);
    require_witnesses(options);
    if (!options.rpc.endpoints.empty() || !needs_client(options)) return options;
    throw base::Error(base::Fault::usage, base::Recovery::never, "--rpc-url: no endpoint is named",
                      "give --rpc-url URL, or set INDEXER_RPC_URL");
}

std::unique_ptr<rpc::Client> make_client(config::Options const& options, base::Clock& clock,
                                         observe::Metrics& metrics, base::MemoryBudget& memory) {
    if (!needs_client(options)) return nullptr;
    return std::make_unique<rpc::Client>(options.rpc, options.breaker, clock, metrics, memory);
}

// Absent until one is known.
void add_protocol(observe::Samples& samples, source::Source const& source) {
    auto const protocol = source.protocol();
    if (!protocol || protocol->met == 0) return;
    samples.gauge("indexer_protocol", protocol->met);
    samples.gauge("indexer_known_protocol", protocol->known);
}

}  // namespace

Session::Session(config::Options const& options, std::string const& command, std::stop_token stop)
    : options_(checked(options)),
      command_(command),
      clock_(base::steady_clock()),
      random_(std::random_device{}()),
      seen_(options, command, stop),
      memory_(memory_for_work(options)),
      memory_samples_(seen_.metrics().collect([this](observe::Samples& samples) {
          samples.gauge("indexer_memory_used_bytes", memory_.used());
          samples.gauge("indexer_memory_limit_bytes", memory_.limit());
          samples.count("indexer_memory_restarts_total", memory_.restarts());
      })),
      client_(make_client(options, clock_, seen_.metrics(), memory_)),
      on_hangup_([this] {
          spdlog::info("hangup: every endpoint is tried as if it were new");
          if (client_) client_->reset();
      }),
      source_(std::make_unique<pipeline::Agreement>(
          make_source(options, client_.get(), clock_, memory_), options.agreement,
          std::random_device{}(), seen_.metrics())),
      network_(source_->network(stop)),
      tip_(options.to ? source_->tip(stop) : pipeline::tip_with_blocks(*source_, clock_, stop)),
      dataset_{.chain = std::string(source_->chain()),
               .content = source_->content(),
               .tables = source_->tables(),
               .decoder_version = describe(options.chain).decoder_version} {
    seen_.health().tip_is(tip_);
}

void Session::open(std::stop_token stop, bool replaces) {
    open_database(stop, replaces, !options_.dry_run);
    pipeline::require_same_chain(*source_, *coverage_, *run_, tip_, stop);
}

void Session::open_to_compare(std::stop_token stop) {
    open_database(std::move(stop), false, false);
}

void Session::open_database(std::stop_token stop, bool replaces, bool writes) {
    // A pool cannot be moved, which make_unique would have to do.
    // NOLINTNEXTLINE(modernize-make-unique)
    pool_ = std::unique_ptr<pg::Pool>(new pg::Pool(cli::open_database(options_, command_, stop)));
    pool_samples_.emplace(seen_.metrics().collect(
        [this](auto& samples) { pg::add_samples(samples, pool_->statistics()); }));
    protocol_samples_.emplace(
        seen_.metrics().collect([this](auto& samples) { add_protocol(samples, *source_); }));
    auto const check_network = writes ? store::claim_network : store::require_network;
    check_network(*pool_, dataset_.chain, network_, stop);
    coverage_.emplace(*pool_, dataset_, options_.repair);
    writer_.emplace(*pool_, dataset_, options_.pipeline.batch_size, mode(replaces, stop));
    if (writes) share_rate();
    run_.emplace(*source_, *coverage_, *writer_, options_.pipeline, clock_, random_,
                 seen_.metrics(), memory_);
}

std::uint64_t Session::restore_states(std::stop_token stop) {
    auto const& persist = run_->persistence();
    base::unless_stopped([&] {
        persist(stop,
                [&] { pipeline::restore_states(*source_, *writer_, *pool_, dataset_, stop); });
    });
    return persist({}, [&] { return store::unknown_states(*pool_, dataset_, {}); });
}

std::vector<pipeline::Unreplaced> Session::unreplaced(pipeline::Report const& report) {
    auto const held = run_->persistence()({}, [&] { return coverage_->blocks(report.range, {}); });
    if (held <= report.totals.blocks) return {};
    return {{report.range, held - report.totals.blocks,
             "not served again, or with less than is stored"}};
}

store::Writer::Mode Session::mode(bool replaces, std::stop_token stop) {
    using Mode = store::Writer::Mode;
    if (replaces) return Mode::replace;
    bool const shared = store::has_other_contents(*pool_, dataset_, base::kEverySeq, stop);
    return shared ? Mode::add : Mode::fill;
}

void Session::share_rate() {
    auto const rate = options_.rpc.shared_rps;
    if (!rate || !client_) return;
    client_->share(*rate, [this, rate](auto const& endpoint, auto turns, auto stop) {
        auto const name = dataset_.chain + " " + endpoint;
        return store::lease_turns(*pool_, name, *rate, turns, stop);
    });
}

}  // namespace indexer::cli
