#include "tests/simulator/server/simulator.hpp"

#include "tests/simulator/server/compress.hpp"
#include "tests/simulator/server/json_rpc.hpp"
#include "tests/simulator/server/methods.hpp"

namespace indexer::simulator {

Simulator::Simulator(Node& node, SimulatorOptions const& options, StopSignal const& stop)
    : node_(node), options_(options), stop_(stop) {
}

Reply Simulator::handle(HttpRequest const& request) {
    if (request.path == "/") return handle_rpc(request);
    return {.status = 404};
}

Reply Simulator::handle_rpc(HttpRequest const& http) {
    static_cast<void>(stop_.wait_for(options_.latency));
    Request const request(http.body);
    Reply reply;
    if (!request.is_json()) {
        append_response(reply.pieces, Answer::error(-32700, "Parse error"), "null");
        return reply;
    }
    if (request.is_batch()) reply.pieces.emplace_back("[");
    for (Call const& call : request.calls()) {
        if (reply.pieces.size() > 1) reply.pieces.emplace_back(",");
        append_response(reply.pieces, answer(node_, call, Orders{}), call.id);
    }
    if (request.is_batch()) reply.pieces.emplace_back("]");
    if (options_.gzip && http.accepts_gzip) compress(reply);
    return reply;
}

}  // namespace indexer::simulator
