#include "pg/script.hpp"

#include <utility>

#include <libpq-fe.h>

#include "pg/diagnosis.hpp"

namespace indexer::pg {

Result Script::run(std::string const& sql, std::stop_token stop) {
    if (!session_.usable() || PQsendQuery(session_.handle(), sql.c_str()) == 0) {
        throw lost_connection(*session_.handle());
    }
    auto const collect_answers = [this](bool) { return collect(); };
    try {
        session_.converse(Wait(std::move(stop)), collect_answers);
    } catch (base::Error const&) {
        if (session_.usable()) session_.abandon(collect_answers);
        throw;
    }
    if (error_ && error_->connection_lost()) session_.give_up();
    if (error_) throw Error(*error_);
    return Result(std::move(last_));
}

bool Script::collect() {
    while (PQisBusy(session_.handle()) == 0) {
        Answer answer(PQgetResult(session_.handle()));
        if (!answer) return true;
        accept(std::move(answer));
    }
    return false;
}

void Script::accept(Answer answer) {
    switch (PQresultStatus(answer.get())) {
        case PGRES_FATAL_ERROR:
            if (!error_) error_ = statement_failure(*answer);
            break;
        case PGRES_COPY_IN:
        case PGRES_COPY_OUT:
        case PGRES_COPY_BOTH:
            session_.give_up();
            throw Error("database: COPY in a script", "0A000");
        default:
            last_ = std::move(answer);
            break;
    }
}

}  // namespace indexer::pg
