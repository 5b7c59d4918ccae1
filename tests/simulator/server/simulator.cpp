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

// Faults see it as a call of the method "lake".
Reply Simulator::handle_object(std::string const& key) {
    Call call;
    call.method = "lake";
    auto const orders = orders_for(call);
    stats_.call_began(call, orders);
    auto const latency = options_.latency + orders.delay;
    if (latency.count() > 0) static_cast<void>(stop_.wait_for(latency));
    auto object = service_.object(key, orders);
    stats_.call_ended(object ? Answer{} : Answer::error(404, "no such object"));
    Reply reply;
    reply.content_type = "application/octet-stream";
    if (object) {
        reply.pieces.emplace_back(*std::move(object));
    } else {
        reply.status = 404;
    }
    if (orders.spoil) orders.spoil(reply);
    return reply;
}

Reply Simulator::handle(HttpRequest const& request) {
    constexpr std::string_view kLake = "/lake/";
    if (request.path.starts_with(kLake)) return handle_object(request.path.substr(kLake.size()));
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
