#include "pg/connection.hpp"

#include <utility>

#include <libpq-fe.h>

#include "pg/connect.hpp"
#include "pg/exchange.hpp"
#include "pg/script.hpp"
#include "pg/session.hpp"

namespace indexer::pg {

Connection Connection::open(ConnectionOptions const& options, std::stop_token stop) {
    Connection connection(std::make_unique<Session>(connect(options, stop)));
    if (!options.session_setup.empty()) connection.execute_script(options.session_setup, stop);
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
    exchange.send(sql, parameters);
    return std::move(exchange.finish().front());
}

Result Connection::execute(std::string_view sql, std::initializer_list<Parameter> parameters,
                           std::stop_token stop) {
    return execute(sql, std::span(parameters.begin(), parameters.size()), std::move(stop));
}

Result Connection::execute_script(std::string_view sql, std::stop_token stop) {
    return Script(*session_).run(std::string(sql), std::move(stop));
}

bool Connection::usable() const noexcept {
    return session_->usable();
}

bool Connection::idle() const noexcept {
    return session_->usable() && !session_->in_transaction();
}

int Connection::server_version() const noexcept {
    return PQserverVersion(session_->handle());
}

std::string Connection::server_encoding() const {
    char const* const name = PQparameterStatus(session_->handle(), "server_encoding");
    return name == nullptr ? "" : name;
}

}  // namespace indexer::pg
