#include "pg/connection.hpp"

#include <utility>

#include <libpq-fe.h>

#include "pg/connect.hpp"
#include "pg/exchange.hpp"
#include "pg/script.hpp"
#include "pg/session.hpp"

namespace indexer::pg {

Connection Connection::open(ConnectionOptions const& options, std::stop_token stop) {
    Connection connection(std::make_unique<Session>(connect(options, stop), Setup(options)));
    Session& session = *connection.session_;
    auto const answering = connection.execute("select pg_backend_pid()", {}, stop).integer(0, 0);
    if (answering != PQbackendPID(session.handle())) return connection;
    session.is_ours();
    Exchange exchange(session, stop);
    exchange.send_setup();
    static_cast<void>(exchange.finish());
    return connection;
}

Connection::Connection(std::unique_ptr<Session> session) noexcept : session_(std::move(session)) {
}
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

Result Connection::execute(std::string_view sql, std::span<Parameter const> parameters,
                           std::stop_token stop) {
    Exchange exchange(*session_, std::move(stop));
    if (session_->is_pooled() && !session_->in_transaction()) exchange.send_setup();
    exchange.send(sql, parameters);
    return std::move(exchange.finish().front());
}

Result Connection::execute(std::string_view sql, std::initializer_list<Parameter> parameters,
                           std::stop_token stop) {
    return execute(sql, std::span(parameters.begin(), parameters.size()), std::move(stop));
}

Result Connection::execute_script(std::string_view sql, std::stop_token stop) {
    bool const was_idle = idle();
    auto result = Script(*session_).run(std::string(sql), stop);
    if (session_->is_pooled() && was_idle && session_->in_transaction()) {
        Exchange exchange(*session_, std::move(stop));
        exchange.send_setup();
        static_cast<void>(exchange.finish());
    }
    return result;
}

bool Connection::usable() const noexcept {
    return session_->usable();
}

bool Connection::idle() const noexcept {
    return session_->usable() && !session_->in_transaction();
}

bool Connection::is_pooled() const noexcept {
    return session_->is_pooled();
}

int Connection::server_version() const noexcept {
    return PQserverVersion(session_->handle());
}

std::string Connection::server_encoding() const {
    char const* const name = PQparameterStatus(session_->handle(), "server_encoding");
    return name == nullptr ? "" : name;
}

}  // namespace indexer::pg
