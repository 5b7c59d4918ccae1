#include "cli/run.hpp"

int main(int argc, char** argv) {
    return indexer::cli::run(argc, argv);
}
