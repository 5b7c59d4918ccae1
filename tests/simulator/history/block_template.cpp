#include "tests/simulator/history/block_template.hpp"

#include <charconv>
#include <iterator>

#include <fmt/format.h>

namespace indexer::simulator {
namespace {

constexpr char kMark = '\x01';  // JSON text never holds it
constexpr std::size_t kRoomPerOpening = 90;

void append_quoted(std::string& out, std::string const& text) {
    out += '"';
    out += text;
    out += '"';
}

void append_signature(std::string& out, Chain const& chain, Slot slot, std::size_t n) {
    out += '"';
    chain.append_signature(out, slot, n);
    out += '"';
}

// Leaders now and then know no time, and a node that came late knows no height.
void append_nullable(std::string& out, bool known, std::uint64_t number) {
    if (known) {
        fmt::format_to(std::back_inserter(out), "{}", number);
    } else {
        out += "null";
    }
}

}  // namespace

std::string BlockTemplate::hole(Hole kind, std::size_t n) {
    return fmt::format("{}{}{}{}", kMark, static_cast<char>(kind), n, kMark);
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

std::string BlockTemplate::fill(Chain const& chain, Slot slot, unsigned fork) const {
    auto const links = chain.links(slot, fork);
    std::string out;
    out.reserve(text_.size() + openings_.size() * kRoomPerOpening);
    std::size_t copied = 0;
    for (Opening const& opening : openings_) {
        out.append(text_, copied, opening.offset - copied);
        copied = opening.offset;
        switch (opening.kind) {
            case Hole::hash:
                append_quoted(out, links.hash);
                break;
            case Hole::parent_hash:
                append_quoted(out, links.parent_hash);
                break;
            case Hole::parent_slot:
                append_nullable(out, true, links.parent);
                break;
            case Hole::height:
                append_nullable(out, links.knows_height, links.height);
                break;
            case Hole::time:
                append_nullable(out, links.knows_time, static_cast<std::uint64_t>(links.time));
                break;
            case Hole::recent_hash:
                append_quoted(out, links.recent_hashes.at(opening.n % BlockLinks::kRecent));
                break;
            case Hole::signature:
                append_signature(out, chain, slot, opening.n);
                break;
        }
    }
    out.append(text_, copied, std::string::npos);
    return out;
}

std::size_t BlockTemplate::size() const noexcept {
    return text_.size() + openings_.size() * sizeof(Opening);
}

}  // namespace indexer::simulator
