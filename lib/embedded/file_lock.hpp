#pragma once

#include <filesystem>
#include <stop_token>

#include "base/descriptor.hpp"

namespace indexer::embedded {

// Holds a file for this process alone, or for one of its threads. The system lets go of it when
// the process dies.
class FileLock {
  public:
    // Waits while another holds it. Throws Fault::stopped when told to stop, Fault::database when
    // the file cannot be made.
    FileLock(std::filesystem::path const& file, std::stop_token stop);

  private:
    base::Descriptor file_;
};

}  // namespace indexer::embedded
