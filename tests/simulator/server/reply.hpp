#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "tests/simulator/history/text.hpp"

namespace indexer::simulator {

// How the bytes of a reply leave the server.
enum class Delivery {
    whole,
    reset,    // half of the body, then RST
    cut,      // half of the body, then FIN
    trickle,  // a few bytes a second
    hang,     // half of the body, then nothing
    endless,  // the body, then padding for ever
};

// An HTTP answer. The body is kept in pieces so that a block of some megabytes is not copied into
// its envelope.
struct Reply {
    int status = 200;
    std::string content_type = "application/json; charset=utf-8";
    std::vector<std::pair<std::string, std::string>> headers{};
    std::vector<Text> pieces{};
    Delivery delivery = Delivery::whole;

    [[nodiscard]] std::size_t size() const noexcept;

    // The whole body in one.
    [[nodiscard]] std::string body() const;
};

}  // namespace indexer::simulator
