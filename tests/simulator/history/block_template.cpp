#include "tests/simulator/history/block_template.hpp"

#include <charconv>

#include <fmt/format.h>

namespace indexer::simulator {
namespace {

constexpr char kMark = '\x01';  // JSON text never holds it
constexpr std::size_t kHashSize = 44;
constexpr std::size_t kSignatureSize = 88;

// Gathers small parts into pieces that fit a processor's cache and are worth a system call.
class Gatherer {
  public:
    static constexpr std::size_t kPiece = 128U << 10U;

    explicit Gatherer(Sink const& sink) : sink_(sink) { piece_.reserve(2 * kPiece); }

    std::string& piece() noexcept { return piece_; }
    bool flush_if_full() { return piece_.size() < kPiece || flush(); }
    bool flush() {
        bool const wanted = sink_(piece_);
        piece_.clear();
        return wanted;
    }

  private:
    Sink const& sink_;
    std::string piece_;
};

bool is_number(Hole kind) {
    return kind == Hole::parent_slot || kind == Hole::height || kind == Hole::time;
}

}  // namespace

// One slot's values for the holes.
struct BlockTemplate::Filling {
    std::shared_ptr<BlockTemplate const> blank;
    Chain const& chain;
    Slot slot;
    BlockLinks links;
    std::string parent{};
    std::string height{};
    std::string time{};

    [[nodiscard]] std::size_t size_of(Opening const& opening) const;
    void append(std::string& out, Opening const& opening) const;
    [[nodiscard]] bool write(Sink const& sink) const;
};

std::size_t BlockTemplate::Filling::size_of(Opening const& opening) const {
    switch (opening.kind) {
        case Hole::parent_slot:
            return parent.size();
        case Hole::height:
            return height.size();
        case Hole::time:
            return time.size();
        case Hole::signature:
            return kSignatureSize;
        default:
            return kHashSize;
    }
}

void BlockTemplate::Filling::append(std::string& out, Opening const& opening) const {
    switch (opening.kind) {
        case Hole::hash:
            out += links.hash;
            break;
        case Hole::parent_hash:
            out += links.parent_hash;
            break;
        case Hole::parent_slot:
            out += parent;
            break;
        case Hole::height:
            out += height;
            break;
        case Hole::time:
            out += time;
            break;
        case Hole::recent_hash:
            out += links.recent_hashes.at(opening.n % BlockLinks::kRecent);
            break;
        case Hole::signature:
            chain.append_signature(out, slot, opening.n);
            break;
    }
}

bool BlockTemplate::Filling::write(Sink const& sink) const {
    Gatherer gatherer(sink);
    std::size_t copied = 0;
    for (Opening const& opening : blank->openings_) {
        gatherer.piece().append(blank->text_, copied, opening.offset - copied);
        copied = opening.offset;
        append(gatherer.piece(), opening);
        if (!gatherer.flush_if_full()) return false;
    }
    gatherer.piece().append(blank->text_, copied, std::string::npos);
    return gatherer.flush();
}

std::string BlockTemplate::hole(Hole kind, std::size_t n) {
    auto const mark = fmt::format("{}{}{}{}", kMark, static_cast<char>(kind), n, kMark);
    return is_number(kind) ? mark : '"' + mark + '"';
}

BlockTemplate::BlockTemplate(std::string_view text_with_holes) {
    text_.reserve(text_with_holes.size());
    while (!text_with_holes.empty()) {
        auto const mark = text_with_holes.find(kMark);
        text_ += text_with_holes.substr(0, mark);
        if (mark == std::string_view::npos) break;
        text_with_holes.remove_prefix(mark + 1);
        auto const end = text_with_holes.find(kMark);
        Opening opening{text_.size(), static_cast<Hole>(text_with_holes.front()), 0};
        std::from_chars(text_with_holes.data() + 1, text_with_holes.data() + end, opening.n);
        openings_.push_back(opening);
        text_with_holes.remove_prefix(end + 1);
    }
}

// Now and then nobody knows a block's time or height.
Text BlockTemplate::fill(std::shared_ptr<BlockTemplate const> blank, Chain const& chain, Slot slot,
                         unsigned fork) {
    Filling filling{std::move(blank), chain, slot, chain.links(slot, fork)};
    auto const& links = filling.links;
    filling.parent = fmt::format("{}", links.parent);
    filling.height = links.knows_height ? fmt::format("{}", links.height) : "null";
    filling.time = links.knows_time ? fmt::format("{}", links.time) : "null";
    std::size_t size = filling.blank->text_.size();
    for (Opening const& opening : filling.blank->openings_) size += filling.size_of(opening);
    auto const kept = std::make_shared<Filling const>(std::move(filling));
    return {size, [kept](Sink const& sink) { return kept->write(sink); }};
}

std::size_t BlockTemplate::size() const noexcept {
    return text_.size() + openings_.size() * sizeof(Opening);
}

}  // namespace indexer::simulator
