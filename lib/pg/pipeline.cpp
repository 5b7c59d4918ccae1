#include "pg/pipeline.hpp"

#include <exception>
#include <utility>

#include "pg/exchange.hpp"
#include "pg/session.hpp"

namespace indexer::pg {

Pipeline::Pipeline(Connection& connection, std::stop_token stop)
    : session_(*connection.session_),
      exchange_(std::make_unique<Exchange>(session_, std::move(stop))) {
    exchange_->send_control("begin");
    if (session_.is_pooled()) exchange_->send_setup();
}

Pipeline::~Pipeline() {
    if (exchange_) roll_back();
}

void Pipeline::add(std::string_view sql, std::span<Parameter const> parameters) {
    exchange_->send(sql, parameters);
}

void Pipeline::add(std::string_view sql, std::initializer_list<Parameter> parameters) {
    add(sql, std::span(parameters.begin(), parameters.size()));
}

std::vector<Result> Pipeline::commit() {
    try {
        exchange_->send_control("commit");
        auto results = exchange_->finish();
        exchange_.reset();
        return results;
    } catch (base::Error const&) {
        roll_back();
        throw;
    }
}

// A failure makes the server skip everything up to the sync, a ROLLBACK too: hence a second trip.
void Pipeline::roll_back() noexcept {
    exchange_.reset();
    if (!session_.usable() || !session_.in_transaction()) return;
    try {
        Exchange rollback(session_, {}, std::chrono::steady_clock::now() + kPatience);
        rollback.send_control("rollback");
        static_cast<void>(rollback.finish());
    } catch (base::Error const&) {
        session_.give_up();
    }
}

}  // namespace indexer::pg
