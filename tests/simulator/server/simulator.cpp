#include "tests/simulator/server/simulator.hpp"

#include <algorithm>

#include "tests/simulator/server/behaviours.hpp"
#include "tests/simulator/server/compress.hpp"
#include "tests/simulator/server/json_rpc.hpp"

namespace indexer::simulator {
namespace {

constexpr std::string_view kAnotherId = "424242";

}  // namespace

Simulator::Simulator(Service& service, SimulatorOptions const& options, base::Clock const& clock,
                     Stats& stats, StopSignal const& stop)
    : service_(service),
      options_(options),
      stats_(stats),
      stop_(stop),
      faults_(options.seed, clock),
      limit_(options.calls_per_second, clock),
      over_limit_(FaultRule::parse("429")),
      control_(service, faults_, stats) {
    faults_.replace(options.faults);
}

Reply Simulator::handle(HttpRequest const& request) {
    if (request.path != "/") return control_.handle(request);
    auto reply = handle_rpc(request);
    if (options_.gzip && request.accepts_gzip) compress(reply);
    stats_.replied(reply.size());
    return reply;
}

Orders Simulator::orders_for(Call const& call) {
    if (limit_.allows()) return faults_.orders_for(call);
    Orders orders;
    over_limit_.behaviour->apply(orders, call, over_limit_);
    stats_.limited();
    return orders;
}

void Simulator::respond(Call const& call, Orders const& orders, Reply& reply) {
    auto const said = service_.answer(call, orders);
    stats_.call_ended(said);
    append_response(reply.pieces, said, orders.wrong_id ? std::string(kAnotherId) : call.id);
}

Reply Simulator::handle_rpc(HttpRequest const& http) {
    Request const request(http.body);
    Reply reply;
    if (!request.is_json()) {
        append_response(reply.pieces, Answer::error(-32700, "Parse error"), "null");
        return reply;
    }
    std::vector<Orders> orders;
    auto latency = options_.latency;
    for (Call const& call : request.calls()) {
        stats_.call_began(call, orders.emplace_back(orders_for(call)));
        latency = std::max(latency, options_.latency + orders.back().delay);
    }
    if (latency.count() > 0) static_cast<void>(stop_.wait_for(latency));
    if (request.is_batch()) reply.pieces.emplace_back("[");
    for (std::size_t i = 0; i < orders.size(); ++i) {
        if (i > 0) reply.pieces.emplace_back(",");
        respond(request.calls()[i], orders[i], reply);
    }
    if (request.is_batch()) reply.pieces.emplace_back("]");
    for (Orders const& order : orders) {
        if (order.spoil) order.spoil(reply);
    }
    return reply;
}

}  // namespace indexer::simulator
