#pragma once

#include <string>

#include "tests/support/temp_folder.hpp"

namespace indexer::test {

// A server of its own and a hot standby of it, for as long as the object lives.
class Standby {
  public:
    // Both are ready when it returns. Throws std::runtime_error.
    Standby();
    Standby(Standby const&) = delete;
    Standby& operator=(Standby const&) = delete;
    ~Standby();

    // Of a database on each, which is empty at first.
    [[nodiscard]] std::string primary() const { return url("primary"); }
    [[nodiscard]] std::string url() const { return url("standby"); }
    // Waits until the standby has what the primary has.
    void follow() const;

  private:
    [[nodiscard]] std::string folder(char const* name) const;
    [[nodiscard]] std::string url(char const* name) const;

    TempFolder folder_;
};

}  // namespace indexer::test
