#include "store/proven_runs.hpp"

namespace indexer::store {
namespace {

void add_seq(pg::Array& array, base::Seq seq) {
    array.add_integer(static_cast<std::int64_t>(seq.value()));
}

// The first block of a chain is its own parent.
base::Seq first_proven(model::Block const& block) {
    return block.parent.seq < block.link.seq ? block.parent.seq.next() : block.link.seq;
}

}  // namespace

ProvenRuns::ProvenRuns(Dataset const& dataset)
    : dataset_(&dataset),
      first_(pg::ElementType::int8),
      last_(pg::ElementType::int8),
      left_seq_(pg::ElementType::int8),
      left_hash_(pg::ElementType::text),
      right_seq_(pg::ElementType::int8),
      right_hash_(pg::ElementType::text),
      blocks_(pg::ElementType::int8),
      transactions_(pg::ElementType::int8) {
}

void ProvenRuns::add(model::Block const& block) {
    add_run(base::SeqRange::inclusive(first_proven(block), block.link.seq), block.parent,
            block.link, 1, block.transactions);
}

void ProvenRuns::add_absent(base::SeqRange seqs, model::Link const& before) {
    add_run(seqs, before, before, 0, 0);
}

void ProvenRuns::add_run(base::SeqRange seqs, model::Link const& left, model::Link const& right,
                         std::uint64_t blocks, std::uint64_t transactions) {
    add_seq(first_, seqs.begin);
    add_seq(last_, seqs.last());
    add_seq(left_seq_, left.seq);
    left_hash_.add_bytes(left.hash);
    add_seq(right_seq_, right.seq);
    right_hash_.add_bytes(right.hash);
    blocks_.add_integer(static_cast<std::int64_t>(blocks));
    transactions_.add_integer(static_cast<std::int64_t>(transactions));
}

std::array<pg::Parameter, 10> ProvenRuns::parameters() const {
    return {dataset_->chain, dataset_->content, first_,      last_,   left_seq_,
            left_hash_,      right_seq_,        right_hash_, blocks_, transactions_};
}

}  // namespace indexer::store
