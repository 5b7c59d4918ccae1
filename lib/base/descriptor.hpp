#pragma once

#include <utility>

#include <unistd.h>

namespace indexer::base {

// Owns a file descriptor; negative means none.
class Descriptor {
  public:
    Descriptor() = default;
    explicit Descriptor(int owned) noexcept : number_(owned) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor() { close(); }

    void close() noexcept {
        if (number_ >= 0) ::close(std::exchange(number_, -1));
    }
    [[nodiscard]] int number() const noexcept { return number_; }
    [[nodiscard]] bool valid() const noexcept { return number_ >= 0; }

  private:
    int number_ = -1;
};

}  // namespace indexer::base
