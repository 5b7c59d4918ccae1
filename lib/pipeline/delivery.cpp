#include "pipeline/delivery.hpp"

namespace indexer::pipeline {
namespace {

struct SizeOf {
    std::size_t operator()(model::Block const& block) const { return block.bytes(); }
    std::size_t operator()(model::DeadLetter const& letter) const {
        return sizeof(letter) + letter.raw.size();
    }
    std::size_t operator()(store::Hole const& hole) const {
        return sizeof(hole) + hole.error.size();
    }
};

}  // namespace

std::size_t bytes_of(Delivery::What const& what) {
    return std::visit(SizeOf{}, what);
}

}  // namespace indexer::pipeline
