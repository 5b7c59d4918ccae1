#include "rpc/call_pool.hpp"

#include <algorithm>
#include <atomic>

#include "base/crew.hpp"

namespace indexer::rpc {

CallPool::CallPool(Client& client, unsigned at_once)
    : client_(client), at_once_(at_once), permits_(at_once) {
}

std::vector<Response> CallPool::call_all(std::string_view method,
                                         std::span<std::string const> params, std::stop_token stop,
                                         Classify& classify) {
    std::vector<Response> responses(params.size());
    std::atomic<std::size_t> next = 0;
    base::Fate fate{stop};
    base::Crew crew(fate, std::min<std::size_t>(at_once_, params.size()), [&] {
        auto const ended = fate.ended();
        for (auto i = next++; i < params.size() && !ended.stop_requested(); i = next++) {
            permits_.acquire();
            struct GiveBack {
                std::counting_semaphore<>& permits;
                ~GiveBack() { permits.release(); }
            } const give_back{permits_};
            responses[i] = client_.call(method, params[i], ended, classify);
        }
    });
    crew.join();
    fate.rethrow();
    if (stop.stop_requested()) throw base::stopped("rpc");
    return responses;
}

}  // namespace indexer::rpc
