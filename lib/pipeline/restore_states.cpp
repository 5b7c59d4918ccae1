#include "pipeline/restore_states.hpp"

#include <span>

#include <spdlog/spdlog.h>

#include "pipeline/single_block.hpp"
#include "pipeline/write_worker.hpp"
#include "store/states.hpp"

namespace indexer::pipeline {
namespace {

void write_again(source::Source& source, store::Writer& writer, base::Seq seq,
                 std::stop_token stop) {
    auto const fetched = fetch_block(source, seq, stop);
    if (!fetched.block) {
        spdlog::warn("{}: states that block {} set stay unknown: {}", source.chain(), seq.value(),
                     fetched.why_not);
        return;
    }
    try {
        static_cast<void>(writer.write(std::span(&*fetched.block, 1), stop));
    } catch (pg::Error const& error) {
        if (!is_refusal(error)) throw;
        spdlog::warn("{}: states that block {} set stay unknown: {}", source.chain(), seq.value(),
                     error.what());
    }
}

}  // namespace

void restore_states(source::Source& source, store::Writer& writer, pg::Pool& pool,
                    store::Dataset const& dataset, std::stop_token stop) {
    auto const setters = store::setters_of_unknown_states(pool, dataset, stop);
    for (auto const seq : setters) write_again(source, writer, seq, stop);
    if (!setters.empty()) static_cast<void>(store::setters_of_unknown_states(pool, dataset, stop));
}

}  // namespace indexer::pipeline
