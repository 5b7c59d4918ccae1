#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

// What programs made with the Anchor framework have in common. Instructions and events begin with 8
// bytes that name them: the start of sha256("global:<name>") or sha256("event:<Name>"). They are
// written here as they stand in the data, first byte first. Programs share names, so that only the
// program and the discriminator together say what something is.
namespace indexer::solana::anchor {

// Nothing when `data` is shorter than a discriminator.
[[nodiscard]] std::optional<std::uint64_t> discriminator(std::string_view data) noexcept;

// Whether `data` begins with one of these discriminators.
[[nodiscard]] bool is_one_of(std::string_view data,
                             std::initializer_list<std::uint64_t> discriminators) noexcept;

// What stands behind the discriminator. Requires: there is one.
[[nodiscard]] std::string_view body(std::string_view data) noexcept;

// The event, from its discriminator on, that an instruction reports when its program called itself
// to leave one in the trace; empty when the instruction is something else.
[[nodiscard]] std::string_view event_cpi(std::string_view data) noexcept;

}  // namespace indexer::solana::anchor
