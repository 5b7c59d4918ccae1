#include "pg/exchange.hpp"

#include <utility>

#include <libpq-fe.h>

#include "pg/bound_parameters.hpp"
#include "pg/diagnosis.hpp"

namespace indexer::pg {
namespace {

// libpq keeps what it could not send yet; more than this is not left to pile up.
constexpr std::size_t kMostUnflushed = 65'536;

constexpr int kTextResult = 0;

// What the URL's own options say is left as it is. The keepalives make the server notice that we
// are gone and let go of our locks, within a minute instead of two hours.
constexpr char const* kSetSession =
    "select set_config(name, ours.value, false) from pg_settings join (values "
    "('statement_timeout', $1::text), ('tcp_keepalives_idle', '30'), "
    "('tcp_keepalives_interval', '10'), ('tcp_keepalives_count', '3')) as ours (name, value) "
    "using (name) where source <> 'client'";
constexpr char const* kSetTransaction = "select set_config('statement_timeout', $1, true)";

int send_unnamed(pg_conn& connection, char const* sql, BoundParameters const& bound) {
    return PQsendQueryParams(&connection, sql, bound.count(), nullptr, bound.values(),
                             bound.lengths(), bound.formats(), kTextResult);
}

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
    if (session_.is_pooled()) {
        expect(send_unnamed(*session_.handle(), std::string(sql).c_str(), bound),
               {Kind::statement, {}});
    } else {
        auto const& name = prepared_name(sql);
        expect(PQsendQueryPrepared(session_.handle(), name.c_str(), bound.count(), bound.values(),
                                   bound.lengths(), bound.formats(), kTextResult),
               {Kind::statement, {}});
    }
    relieve(bound.bytes());
}

void Exchange::send_control(char const* sql, std::span<Parameter const> parameters) {
    if (error_) return;
    BoundParameters const bound(parameters);
    expect(send_unnamed(*session_.handle(), sql, bound), {Kind::control, {}});
}

void Exchange::send_setup() {
    auto const& [statement_timeout, query] = session_.setup();
    Parameter const timeout(statement_timeout);
    Parameter const for_transaction(session_.is_pooled() ? "on" : "off");
    send_control(session_.is_pooled() ? kSetTransaction : kSetSession, std::span(&timeout, 1));
    if (!query.empty()) send_control(query.c_str(), std::span(&for_transaction, 1));
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
