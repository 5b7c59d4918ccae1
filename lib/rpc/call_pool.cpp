#include "rpc/call_pool.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

namespace indexer::rpc {
namespace {

// The first failure of several threads, which ends the others.
class FirstFailure {
  public:
    void keep(std::exception_ptr failure) {
        std::lock_guard const lock(mutex_);
        if (!failure_) failure_ = std::move(failure);
        ended_.request_stop();
    }
    [[nodiscard]] std::stop_source& ended() noexcept { return ended_; }
    void rethrow() const {
        if (failure_) std::rethrow_exception(failure_);
    }

  private:
    std::mutex mutex_;
    std::exception_ptr failure_;
    std::stop_source ended_;
};

}  // namespace

CallPool::CallPool(Client& client, unsigned at_once)
    : client_(client), at_once_(at_once), permits_(at_once) {
}

std::vector<Response> CallPool::call_all(std::string_view method,
                                         std::span<std::string const> params, std::stop_token stop,
                                         Classify& classify) {
    std::vector<Response> responses(params.size());
    std::atomic<std::size_t> next = 0;
    FirstFailure failure;
    std::stop_callback const on_stop(stop, [&] { failure.ended().request_stop(); });
    auto const work = [&] {
        auto const ended = failure.ended().get_token();
        try {
            for (auto i = next++; i < params.size() && !ended.stop_requested(); i = next++) {
                permits_.acquire();
                struct GiveBack {
                    std::counting_semaphore<>& permits;
                    ~GiveBack() { permits.release(); }
                } const give_back{permits_};
                responses[i] = client_.call(method, params[i], ended, classify);
            }
        } catch (...) {
            failure.keep(std::current_exception());
        }
    };
    {
        std::vector<std::jthread> threads;
        auto const count = std::min<std::size_t>(at_once_, params.size());
        for (std::size_t i = 0; i < count; ++i) threads.emplace_back(work);
    }
    failure.rethrow();
    if (stop.stop_requested()) throw base::stopped("rpc");
    return responses;
}

}  // namespace indexer::rpc
