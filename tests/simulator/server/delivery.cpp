#include "tests/simulator/server/delivery.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>

#include "tests/simulator/server/connection.hpp"

namespace indexer::simulator {
namespace {

using namespace std::chrono_literals;

// Sends the first `limit` bytes of the body.
bool send(Reply const& reply, std::size_t limit, httplib::DataSink& sink) {
    auto const pass_on = [&](std::string_view part) {
        auto const size = std::min(limit, part.size());
        limit -= size;
        return sink.write(part.data(), size);
    };
    return std::all_of(reply.pieces.begin(), reply.pieces.end(),
                       [&](Text const& piece) { return piece.write(pass_on); });
}

bool trickle(std::string_view body, httplib::DataSink& sink, StopSignal const& stop) {
    constexpr std::size_t kBytes = 4;
    constexpr auto kPause = 100ms;
    for (; !body.empty(); body.remove_prefix(std::min(kBytes, body.size()))) {
        if (!sink.write(body.data(), std::min(kBytes, body.size()))) return false;
        if (!stop.wait_for(kPause)) return false;
    }
    return true;
}

// White space may follow a JSON value, so a client cannot know that nothing more will come.
bool pad_for_ever(httplib::DataSink& sink) {
    std::string const padding(64 << 10, ' ');
    while (sink.write(padding.data(), padding.size())) {
    }
    return false;
}

// False breaks the connection off.
bool send_as_ordered(Reply const& reply, httplib::DataSink& sink, StopSignal const& stop) {
    auto const half = reply.size() / 2;
    switch (reply.delivery) {
        case Delivery::whole:
            return send(reply, reply.size(), sink);
        case Delivery::reset:
            Connection::current().reset_on_close();
            [[fallthrough]];
        case Delivery::cut:
            send(reply, half, sink);
            return false;
        case Delivery::trickle:
            return trickle(reply.body(), sink, stop);
        case Delivery::endless:
            return send(reply, reply.size(), sink) && pad_for_ever(sink);
        case Delivery::hang:
            send(reply, half, sink);
            Connection::current().wait_for_end();
            return false;
    }
    return false;
}

}  // namespace

void deliver(std::shared_ptr<Reply const> const& reply, httplib::Response& response,
             StopSignal const& stop) {
    if (reply->delivery == Delivery::endless) {
        response.set_chunked_content_provider(reply->content_type,
                                              [reply, &stop](std::size_t, httplib::DataSink& sink) {
                                                  return send_as_ordered(*reply, sink, stop);
                                              });
        return;
    }
    if (reply->size() == 0) return response.set_content("", reply->content_type);
    response.set_content_provider(
        reply->size(), reply->content_type,
        [reply, &stop](std::size_t, std::size_t, httplib::DataSink& sink) {
            return send_as_ordered(*reply, sink, stop);
        });
}

}  // namespace indexer::simulator
