#pragma once

#include <chrono>
#include <memory>
#include <string>

namespace indexer::test {

// A network between this machine and itself: listens on a loopback port and passes bytes on to a
// server, each after `delay` on its way there and again on its way back. Bytes keep their order
// and are not slowed further, as on a fast and long line.
class SlowPath {
  public:
    // `target` is the path of a unix socket. Ends with the object, connections included.
    SlowPath(std::string target, std::chrono::microseconds delay);
    SlowPath(SlowPath const&) = delete;
    SlowPath& operator=(SlowPath const&) = delete;
    ~SlowPath();

    [[nodiscard]] int port() const noexcept;
    // Cuts the next connection whose server says `word` to its client, who never hears it.
    void cut_before(std::string word);
    // Whether that has happened.
    [[nodiscard]] bool has_cut() const;

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace indexer::test
