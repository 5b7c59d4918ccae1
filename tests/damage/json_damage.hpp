#pragma once

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "tests/damage/json_tree.hpp"

namespace indexer::damage {

// A copy that is not what was sent.
struct Damaged {
    std::string text;
    std::string place;  // the key, or the part of the structure, that was hit
};

// A way in which an answer can come damaged. `hit` is false when the place has nothing to damage
// so.
struct JsonKind {
    std::string_view name;
    bool (*hit)(Json& holder, std::size_t part, std::mt19937_64& random);
    // Of the text as a whole; null where it is about a value.
    void (*garble)(std::string& text, std::mt19937_64& random) = nullptr;
};

[[nodiscard]] std::vector<JsonKind> const& json_kinds();

// A copy of what `answer` holds below `root`, damaged in that way somewhere: each key is hit as
// often as any other, however often it occurs. Without a place where nowhere was found.
[[nodiscard]] Damaged damaged(Json const& answer, std::string_view root, JsonKind const& kind,
                              std::mt19937_64& random);

}  // namespace indexer::damage
