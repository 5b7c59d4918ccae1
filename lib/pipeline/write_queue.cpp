#include "pipeline/write_queue.hpp"

#include <utility>

namespace indexer::pipeline {
bool WriteQueue::has_room(std::size_t bytes) const noexcept {
    if (items_.empty()) return true;
    return items_.size() < limits_.blocks && bytes_ + bytes <= limits_.bytes;
}

bool WriteQueue::push(Delivery delivery, std::stop_token stop) {
    std::size_t const bytes = bytes_of(delivery.what);
    std::unique_lock lock(mutex_);
    if (!has_room(bytes)) {
        ++waiting_producers_;
        work_.notify_all();
        room_.wait(lock, stop, [&] { return has_room(bytes); });
        --waiting_producers_;
    }
    if (stop.stop_requested()) return false;
    items_.push_back({std::move(delivery), bytes, std::chrono::steady_clock::now()});
    bytes_ += bytes;
    work_.notify_one();
    return true;
}

bool WriteQueue::is_full(Group const& group) const noexcept {
    return items_.size() >= group.blocks || bytes_ >= group.bytes;
}

std::vector<Delivery> WriteQueue::pop(Group group, std::stop_token stop) {
    std::unique_lock lock(mutex_);
    for (;;) {
        work_.wait(lock, stop, [&] { return closed_ || !items_.empty(); });
        if (stop.stop_requested() || items_.empty()) return {};
        auto const due = items_.front().since + group.flush_interval;
        work_.wait_until(lock, stop, due, [&] {
            return closed_ || items_.empty() || waiting_producers_ > 0 || is_full(group);
        });
        if (stop.stop_requested()) return {};
        // Another writer may have taken everything while this one waited.
        if (!items_.empty()) return take(group);
    }
}

std::vector<Delivery> WriteQueue::take(Group const& group) {
    std::vector<Delivery> taken;
    std::size_t taken_bytes = 0;
    while (!items_.empty() && taken.size() < group.blocks && taken_bytes < group.bytes) {
        Item& item = items_.front();
        taken_bytes += item.bytes;
        taken.push_back(std::move(item.delivery));
        items_.pop_front();
    }
    bytes_ -= taken_bytes;
    room_.notify_all();
    return taken;
}

void WriteQueue::close() {
    std::lock_guard const lock(mutex_);
    closed_ = true;
    work_.notify_all();
}

WriteQueue::Depth WriteQueue::depth() const {
    std::lock_guard const lock(mutex_);
    return {items_.size(), bytes_};
}

void add_samples(observe::Samples& samples, WriteQueue const& queue) {
    auto const depth = queue.depth();
    samples.gauge("indexer_queue_blocks", depth.blocks);
    samples.gauge("indexer_queue_capacity_blocks", queue.limits().blocks);
    samples.gauge("indexer_queue_bytes", depth.bytes);
    samples.gauge("indexer_queue_capacity_bytes", queue.limits().bytes);
}

}  // namespace indexer::pipeline
