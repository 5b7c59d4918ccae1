#pragma once

#include <memory>

#include <httplib.h>

#include "tests/simulator/server/reply.hpp"
#include "tests/simulator/server/stop.hpp"

namespace indexer::simulator {

// Hands the body to httplib, to be sent as the reply's delivery says. httplib copies what it is
// given, hence the shared pointer.
void deliver(std::shared_ptr<Reply const> const& reply, httplib::Response& response,
             StopSignal const& stop);

}  // namespace indexer::simulator
