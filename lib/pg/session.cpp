#include "pg/session.hpp"

#include <array>
#include <exception>
#include <memory>

#include <libpq-fe.h>
#include <poll.h>

#include "pg/connection.hpp"
#include "pg/diagnosis.hpp"

namespace indexer::pg {
namespace {

bool readable(int socket) noexcept {
    pollfd polled{socket, POLLIN, 0};
    return ::poll(&polled, 1, 0) > 0;
}

}  // namespace

Setup::Setup(ConnectionOptions const& options)
    : statement_timeout(std::to_string(options.statement_timeout.count())),
      query(options.session_setup) {
}

std::string Session::next_statement_name() {
    return "s" + std::to_string(++prepared_);
}

// A server that closed the connection has left a message and the end of the stream behind.
bool Session::usable() const noexcept {
    while (PQstatus(handle()) == CONNECTION_OK && readable(PQsocket(handle()))) {
        if (PQconsumeInput(handle()) == 0) return false;
    }
    return !given_up_ && PQstatus(handle()) == CONNECTION_OK;
}

bool Session::in_transaction() const noexcept {
    return PQtransactionStatus(handle()) != PQTRANS_IDLE;
}

void Session::converse(Wait const& wait, Collect const& collect) {
    while (true) {
        bool const all_sent = PQflush(handle()) == 0;
        if (collect(all_sent)) return;
        await(wait, all_sent);
        if (PQconsumeInput(handle()) != 0) continue;
        if (collect(true)) return;  // the server may have said why it left
        give_up();
        throw lost_connection(*handle());
    }
}

void Session::await(Wait const& wait, bool all_sent) {
    auto const events = static_cast<short>(all_sent ? POLLIN : POLLIN | POLLOUT);
    switch (wait.for_socket(PQsocket(handle()), events)) {
        case Wait::End::ready:
            return;
        case Wait::End::stopped:
            throw base::stopped("database");
        case Wait::End::late:
            give_up();
            throw Error("database: the server does not answer", "");
    }
}

void Session::abandon(Collect const& collect) noexcept {
    try {
        cancel();
        converse(Wait({}, std::chrono::steady_clock::now() + kPatience), collect);
    } catch (std::exception const&) {
        give_up();
    }
}

void Session::cancel() noexcept {
    std::unique_ptr<PGcancel, decltype(&PQfreeCancel)> const request(PQgetCancel(handle()),
                                                                     &PQfreeCancel);
    std::array<char, 256> message{};
    if (request) PQcancel(request.get(), message.data(), static_cast<int>(message.size()));
}

}  // namespace indexer::pg
