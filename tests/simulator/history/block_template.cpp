#include "tests/simulator/history/block_template.hpp"

#include <charconv>

#include <fmt/format.h>
#include <libdeflate.h>

#include "tests/simulator/encoding/deflate.hpp"

namespace indexer::simulator {
namespace {

constexpr char kMark = '\x01';  // JSON text never holds it
constexpr std::size_t kHashSize = 44;
constexpr std::size_t kSignatureSize = 88;
constexpr std::size_t kNoFixedSize = 0;

std::size_t fixed_size(Hole kind) {
    switch (kind) {
        case Hole::parent_slot:
        case Hole::height:
        case Hole::time:
            return kNoFixedSize;
        case Hole::signature:
            return kSignatureSize;
        default:
            return kHashSize;
    }
}

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

std::uint32_t updated(std::uint32_t crc, std::string_view text) {
    return ::libdeflate_crc32(crc, text.data(), text.size());
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

    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] std::size_t deflated_size() const;
    [[nodiscard]] std::size_t size_of(Opening const& opening) const;
    void append(std::string& out, Opening const& opening) const;
    [[nodiscard]] bool write(Sink const& sink) const;
    [[nodiscard]] bool write_deflated(Sink const& sink, std::uint32_t& crc) const;
};

std::size_t BlockTemplate::Filling::size_of(Opening const& opening) const {
    switch (opening.kind) {
        case Hole::parent_slot:
            return parent.size();
        case Hole::height:
            return height.size();
        case Hole::time:
            return time.size();
        default:
            return fixed_size(opening.kind);
    }
}

std::size_t BlockTemplate::Filling::size() const {
    std::size_t size = blank->text_.size();
    for (Opening const& opening : blank->openings_) size += size_of(opening);
    return size;
}

std::size_t BlockTemplate::Filling::deflated_size() const {
    constexpr std::size_t kLength = 4;  // of the stored block behind each part
    std::size_t size = 0;
    for (std::string const& part : blank->deflated_) size += part.size() + kLength;
    for (Opening const& opening : blank->openings_) size += size_of(opening);
    return size;
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
    auto const& openings = blank->openings_;
    for (std::size_t i = 0; i < openings.size(); ++i) {
        gatherer.piece() += blank->part(i);
        append(gatherer.piece(), openings[i]);
        if (!gatherer.flush_if_full()) return false;
    }
    gatherer.piece() += blank->part(openings.size());
    return gatherer.flush();
}

bool BlockTemplate::Filling::write_deflated(Sink const& sink, std::uint32_t& crc) const {
    Gatherer gatherer(sink);
    auto const& openings = blank->openings_;
    for (std::size_t i = 0; i < openings.size(); ++i) {
        std::string& out = gatherer.piece();
        out += blank->deflated_[i];
        append_stored_length(out, size_of(openings[i]));
        auto const filled = out.size();
        append(out, openings[i]);
        crc = updated(crc, blank->part(i));
        crc = updated(crc, std::string_view(out).substr(filled));
        if (!gatherer.flush_if_full()) return false;
    }
    gatherer.piece() += blank->deflated_.back();
    append_stored_length(gatherer.piece(), 0);
    crc = updated(crc, blank->part(openings.size()));
    return gatherer.flush();
}

std::string BlockTemplate::hole(Hole kind, std::size_t n) {
    auto const mark = fmt::format("{}{}{}{}", kMark, static_cast<char>(kind), n, kMark);
    return fixed_size(kind) == kNoFixedSize ? mark : '"' + mark + '"';
}

BlockTemplate::BlockTemplate(std::string_view text_with_holes, bool deflate) {
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
    if (deflate) this->deflate();
}

void BlockTemplate::deflate() {
    GappedDeflate stream;
    for (std::size_t i = 0; i < openings_.size(); ++i) {
        deflated_.push_back(stream.before_gap(part(i), fixed_size(openings_[i].kind)));
    }
    deflated_.push_back(stream.before_gap(part(openings_.size()), kNoFixedSize));
}

std::string_view BlockTemplate::part(std::size_t n) const {
    auto const begin = n == 0 ? 0 : openings_[n - 1].offset;
    auto const end = n == openings_.size() ? text_.size() : openings_[n].offset;
    return std::string_view(text_).substr(begin, end - begin);
}

// Now and then nobody knows a block's time or height.
Text BlockTemplate::fill(std::shared_ptr<BlockTemplate const> blank, Chain const& chain, Slot slot,
                         unsigned fork) {
    Filling filling{std::move(blank), chain, slot, chain.links(slot, fork)};
    auto const& links = filling.links;
    filling.parent = fmt::format("{}", links.parent);
    filling.height = links.knows_height ? fmt::format("{}", links.height) : "null";
    filling.time = links.knows_time ? fmt::format("{}", links.time) : "null";
    auto const kept = std::make_shared<Filling const>(std::move(filling));
    Deflated deflated;
    if (!kept->blank->deflated_.empty()) {
        deflated = {kept->deflated_size(), [kept](Sink const& sink, std::uint32_t& crc) {
                        return kept->write_deflated(sink, crc);
                    }};
    }
    return {kept->size(), [kept](Sink const& sink) { return kept->write(sink); }, deflated};
}

std::size_t BlockTemplate::size() const noexcept {
    std::size_t size = text_.size() + openings_.size() * sizeof(Opening);
    for (std::string const& part : deflated_) size += sizeof(std::string) + part.capacity();
    return size;
}

}  // namespace indexer::simulator
