#include "base/memory_budget.hpp"

#include <algorithm>
#include <string>

namespace indexer::base {

MemoryShort::MemoryShort(std::size_t limit)
    : Error(Fault::usage, Recovery::never,
            "memory: what came needs more than the " + std::to_string(limit) +
                " bytes that --max-memory leaves for it",
            "set --max-memory higher, or --max-response-size lower") {
}

MemoryBudget::Place::Place(MemoryBudget& budget, std::size_t need, std::stop_token const& stop)
    : budget_(budget), need_(std::min(need, budget.limit_)) {
    std::unique_lock lock(budget_.mutex_);
    budget_.line_.push_back(this);
    called_.wait(lock, stop,
                 [this] { return budget_.line_.front() == this && budget_.has_place(need_); });
    std::erase(budget_.line_, this);
    budget_.call_first();
    if (stop.stop_requested()) throw stopped("memory");
    alone_ = budget_.used_ == 0 && need_ == budget_.limit_;
    budget_.planned_ += need_;
    budget_.used_ += std::min(kLeast, budget_.limit_);
}

MemoryBudget::Place::~Place() {
    std::lock_guard const lock(budget_.mutex_);
    budget_.planned_ -= need_;
    budget_.used_ -= std::min(kLeast, budget_.limit_);
    budget_.call_first();
}

// Only the first may go, so that it comes to who needs much, too; and only it is woken.
void MemoryBudget::call_first() noexcept {
    if (!line_.empty()) line_.front()->called_.notify_one();
}

bool MemoryBudget::has_place(std::size_t need) const noexcept {
    if (planned_ == 0 && used_ == 0) return true;
    return planned_ + kept_ + need <= limit_ && used_ + kLeast <= limit_;
}

std::size_t MemoryBudget::usual() const {
    std::lock_guard const lock(mutex_);
    return kLeast + usual_;
}

std::size_t MemoryBudget::more(std::size_t need) {
    constexpr std::size_t kSteps = 4;
    std::lock_guard const lock(mutex_);
    ++restarts_;
    return need > limit_ / kSteps ? limit_ : need * kSteps;
}

// At once what was needed most; of what is needed no more, a part at a time.
void MemoryBudget::learn(std::size_t bytes) noexcept {
    constexpr std::size_t kPart = 16;
    std::lock_guard const lock(mutex_);
    usual_ = std::max(bytes, usual_ - usual_ / kPart);
    call_first();
}

std::size_t MemoryBudget::used() const {
    std::lock_guard const lock(mutex_);
    return used_;
}

std::uint64_t MemoryBudget::restarts() const {
    std::lock_guard const lock(mutex_);
    return restarts_;
}

void MemoryBudget::take(std::size_t bytes) {
    std::lock_guard const lock(mutex_);
    if (bytes > limit_ - used_) throw MemoryShort(limit_);
    used_ += bytes;
}

void MemoryBudget::give_back(std::size_t bytes, bool kept) noexcept {
    std::lock_guard const lock(mutex_);
    used_ -= bytes;
    if (kept) kept_ -= bytes;
    call_first();
}

void MemoryBudget::keep(std::size_t bytes) noexcept {
    std::lock_guard const lock(mutex_);
    kept_ += bytes;
}

MemoryShare::MemoryShare(MemoryShare&& other) noexcept
    : budget_(other.budget_), bytes_(std::exchange(other.bytes_, 0)), kept_(other.kept_) {
}

MemoryShare& MemoryShare::operator=(MemoryShare&& other) noexcept {
    if (this == &other) return *this;
    resize_down(0);
    budget_ = other.budget_;
    bytes_ = std::exchange(other.bytes_, 0);
    kept_ = other.kept_;
    return *this;
}

void MemoryShare::resize(std::size_t bytes) {
    if (budget_ == nullptr) return;
    if (bytes <= bytes_) return resize_down(bytes);
    budget_->take(bytes - bytes_);
    bytes_ = bytes;
}

void MemoryShare::resize_down(std::size_t bytes) noexcept {
    if (budget_ == nullptr || bytes == bytes_) return;
    budget_->give_back(bytes_ - bytes, kept_);
    bytes_ = bytes;
}

void MemoryShare::absorb(MemoryShare other) {
    if (budget_ == nullptr) budget_ = other.budget_;
    bytes_ += std::exchange(other.bytes_, 0);
}

MemoryShare MemoryShare::split_kept(std::size_t bytes) {
    MemoryShare part;
    part.budget_ = budget_;
    part.bytes_ = std::min(bytes, bytes_);
    part.kept_ = true;
    bytes_ -= part.bytes_;
    if (budget_ != nullptr) budget_->keep(part.bytes_);
    return part;
}

}  // namespace indexer::base
