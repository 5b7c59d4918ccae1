#pragma once

#include <semaphore>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "rpc/client.hpp"

namespace indexer::rpc {

// Makes many calls at the same time, but never more than a number of them, whoever asks. Safe for
// concurrent use.
class CallPool {
  public:
    // Requires: at_once > 0. `client` must outlive the pool.
    CallPool(Client& client, unsigned at_once);

    // The answers to calls of one method, in the order of their parameters. When one fails no
    // further one is begun, and that failure is thrown once those under way have ended. As
    // Client::call() otherwise.
    [[nodiscard]] std::vector<Response> call_all(std::string_view method,
                                                 std::span<std::string const> params,
                                                 std::stop_token stop,
                                                 Classify& classify = standard_verdict);

  private:
    Client& client_;
    unsigned const at_once_;
    std::counting_semaphore<> permits_;
};

}  // namespace indexer::rpc
