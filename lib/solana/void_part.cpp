#include "solana/void_part.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <map>
#include <vector>

#include "solana/eras.hpp"

namespace indexer::solana {
namespace {

// A signature's start tells nearly all of them apart, and compares as a number.
struct Start {
    std::uint64_t number;
    std::size_t position;
};

std::uint64_t number_of(std::string_view signature) noexcept {
    std::uint64_t number = 0;
    std::memcpy(&number, signature.data(), std::min(signature.size(), sizeof number));
    return number;
}

// Equal signatures side by side, in the order of their positions.
std::vector<Start> sorted_starts(std::span<Listed const> transactions) {
    std::vector<Start> starts;
    starts.reserve(transactions.size());
    for (std::size_t i = 0; i < transactions.size(); ++i) {
        auto const signature = transactions[i].signature;
        if (!signature.empty()) starts.push_back({number_of(signature), i});
    }
    std::sort(starts.begin(), starts.end(), [&](Start const& a, Start const& b) {
        if (a.number != b.number) return a.number < b.number;
        auto const order =
            transactions[a.position].signature.compare(transactions[b.position].signature);
        return order != 0 ? order < 0 : a.position < b.position;
    });
    return starts;
}

// How often each position's signature stands before it and behind it.
struct Occurrence {
    std::size_t before = 0;
    std::size_t behind = 0;
};

std::vector<Occurrence> occurrences(std::span<Listed const> transactions) {
    std::map<std::string_view, std::size_t> total;
    for (Listed const& listed : transactions) ++total[listed.signature];
    std::map<std::string_view, std::size_t> seen;
    std::vector<Occurrence> all;
    for (Listed const& listed : transactions) {
        auto const before = seen[listed.signature]++;
        all.push_back({before, total[listed.signature] - before - 1});
    }
    return all;
}

}  // namespace

std::optional<Repeated> first_repeated(std::span<Listed const> transactions) {
    auto const starts = sorted_starts(transactions);
    std::optional<Repeated> first;
    for (std::size_t i = 1; i < starts.size(); ++i) {
        Repeated const pair{starts[i - 1].position, starts[i].position};
        bool const same =
            starts[i - 1].number == starts[i].number &&
            transactions[pair.earlier].signature == transactions[pair.later].signature;
        if (same && (!first || pair.later < first->later)) first = pair;
    }
    return first;
}

std::optional<std::size_t> void_part(base::Seq slot, std::span<Listed const> transactions) {
    bool const all_read = std::none_of(transactions.begin(), transactions.end(),
                                       [](Listed const& one) { return one.signature.empty(); });
    if (!all_read || !eras::may_update_parent(slot)) return std::nullopt;
    auto const all = occurrences(transactions);
    std::size_t size = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].behind > 0 || !transactions[i].executed) size = i + 1;
    }
    bool repeats = false;
    bool executed = false;
    for (std::size_t i = 0; i < size; ++i) {
        bool const once_in_each_part = all[i].before == 0 && all[i].behind <= 1;
        bool const took_part = transactions[i].executed && all[i].behind == 0;
        if (!once_in_each_part || took_part) return std::nullopt;
        repeats = repeats || all[i].behind > 0;
        executed = executed || transactions[i].executed;
    }
    bool const ends_there = !executed || all[size].before > 0;
    return repeats && ends_there ? std::optional(size) : std::nullopt;
}

}  // namespace indexer::solana
