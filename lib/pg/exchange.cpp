#include "pg/exchange.hpp"

#include <utility>

#include <libpq-fe.h>

#include "pg/bound_parameters.hpp"
#include "pg/diagnosis.hpp"

namespace indexer::pg {
namespace {

// libpq keeps what it could not send yet; more than this is not left to pile up.
constexpr std::size_t kMostUnflushed = 65'536;

bool succeeded(ExecStatusType status) {
    return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY;
}

}  // namespace

Exchange::Exchange(Session& session, std::stop_token stop, Wait::TimePoint deadline)
    : session_(session), wait_(std::move(stop), deadline) {
    if (!session_.usable() || PQenterPipelineMode(session_.handle()) == 0) {
        throw lost_connection(*session_.handle());
    }
}

Exchange::~Exchange() {
    try {
        if (!synced_ && session_.usable()) {
            send_sync();
            session_.abandon([this](bool) { return collect(); });
        }
    } catch (Error const&) {
        session_.give_up();
    }
    if (PQexitPipelineMode(session_.handle()) == 0) session_.give_up();
}

void Exchange::send(std::string_view sql, std::span<Parameter const> parameters) {
    if (error_) return;
    BoundParameters const bound(parameters);
    auto const& name = prepared_name(sql);
    constexpr int kTextResult = 0;
    expect(PQsendQueryPrepared(session_.handle(), name.c_str(), bound.count(), bound.values(),
                               bound.lengths(), bound.formats(), kTextResult),
           {Kind::statement, {}});
    relieve(bound.bytes());
}

void Exchange::send_control(char const* sql) {
    if (error_) return;
    expect(PQsendQueryParams(session_.handle(), sql, 0, nullptr, nullptr, nullptr, nullptr, 0),
           {Kind::control, {}});
}

std::vector<Result> Exchange::finish() {
    send_sync();
    session_.converse(wait_, [this](bool) { return collect(); });
    if (error_) throw Error(*error_);
    return std::move(results_);
}

// The session learns a name only from the server's answer: what follows a failure is skipped, and
// a Parse that was skipped prepared nothing.
std::string const& Exchange::prepared_name(std::string_view sql) {
    for (Statements const* known : {&session_.statements(), &preparing_}) {
        if (auto const found = known->find(sql); found != known->end()) return found->second;
    }
    auto const& [text, name] =
        *preparing_.emplace(std::string(sql), session_.next_statement_name()).first;
    expect(PQsendPrepare(session_.handle(), name.c_str(), text.c_str(), 0, nullptr),
           {Kind::prepare, text});
    return name;
}

void Exchange::expect(int accepted, Expected expected) {
    if (accepted == 0) {
        session_.give_up();
        throw lost_connection(*session_.handle());
    }
    expected_.push_back(std::move(expected));
}

void Exchange::relieve(std::size_t bytes) {
    unflushed_ += bytes;
    if (unflushed_ < kMostUnflushed) return;
    session_.converse(wait_, [this](bool all_sent) {
        collect();
        return all_sent;
    });
    unflushed_ = 0;
}

void Exchange::send_sync() {
    if (std::exchange(sync_sent_, true)) return;
    if (PQpipelineSync(session_.handle()) == 0) throw lost_connection(*session_.handle());
}

bool Exchange::collect() {
    while ((sync_sent_ || !expected_.empty()) && !synced_ && PQisBusy(session_.handle()) == 0) {
        Answer answer(PQgetResult(session_.handle()));
        if (answer) {
            accept(std::move(answer));
        } else if (PQstatus(session_.handle()) != CONNECTION_OK) {
            fail(lost_connection(*session_.handle()));
        }  // else it marks the end of a statement's answers
    }
    return synced_;
}

void Exchange::accept(Answer answer) {
    auto const status = PQresultStatus(answer.get());
    if (status == PGRES_FATAL_ERROR) fail(statement_failure(*answer));
    if (status == PGRES_PIPELINE_SYNC) synced_ = true;
    if (synced_ || expected_.empty()) return;
    Expected const expected = std::move(expected_.front());
    expected_.pop_front();
    if (!succeeded(status)) return;
    if (expected.kind == Kind::prepare) {
        session_.statements().insert(preparing_.extract(expected.sql));
    } else if (expected.kind == Kind::statement) {
        results_.emplace_back(std::move(answer));
    }
}

void Exchange::fail(Error const& error) {
    if (!error_) error_ = error;
    if (!error.connection_lost()) return;
    session_.give_up();
    throw Error(*error_);
}

}  // namespace indexer::pg
