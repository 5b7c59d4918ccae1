#include <cstdio>
#include <string>

#include <fmt/format.h>

#include "tests/world/bomb_node.hpp"

// indexer-bombs UPSTREAM FIRST_SLOT LAST_SLOT NAME: a hostile node before a simulated one, until
// its input ends.
int main(int argc, char** argv) {
    if (argc != 5) return 2;
    indexer::test::BombNode const node(argv[1], std::stoull(argv[2]), std::stoull(argv[3]),
                                       indexer::test::bomb(argv[4]));
    fmt::print("listening on {}\n", node.url());
    std::fflush(stdout);
    while (std::getchar() != EOF) {
    }
    return 0;
}
