#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/seq.hpp"
#include "resilience/retry.hpp"
#include "resilience/waiting_line.hpp"
#include "rpc/client.hpp"
#include "rpc/endpoint.hpp"

namespace indexer::rpc {

// One call and what came of it so far: decides whom to ask next, and when there is nobody left.
//
// Asked first is who can be called at once, was not asked before, is not known to lack the seq, and
// is likely to answer soonest. An endpoint that refused is not asked again; when all have, or those
// left do not work, the call is over. One that merely is called as fast as it allows is waited for.
class Client::Call {
  public:
    // `only`: the one endpoint to ask; nothing: all. Everything named must outlive this object.
    Call(Client& client, Query const& query, std::optional<std::size_t> only);

    struct Turn {
        std::size_t endpoint;
        Endpoint::Permit permit;
    };
    // Whom to ask now; waits while nobody may be asked. Throws rpc::Error when nobody is left.
    [[nodiscard]] Turn take_turn(std::stop_token stop);

    // Whether an answer of this endpoint counts: not when it was quarantined meanwhile.
    [[nodiscard]] bool accepts(std::size_t endpoint) const;

    // Whether this endpoint has failed at it.
    [[nodiscard]] bool failed_at(std::size_t endpoint) const;

    // Returns when it is time to ask again; throws what the call is to throw otherwise.
    void failed(std::size_t endpoint, Failure const& failure, std::stop_token stop);

  private:
    struct Candidate {
        bool taking_part = true;
        bool asked = false;  // since the last wait
        bool failed = false;
        unsigned not_yet = 0;
        std::optional<Error> refusal;
    };

    [[nodiscard]] bool is_left(std::size_t endpoint) const;
    [[nodiscard]] bool any_left() const;
    [[nodiscard]] std::vector<std::size_t> by_preference() const;
    [[nodiscard]] std::optional<Turn> try_turn(std::stop_token const& stop);
    [[nodiscard]] bool any_works() const;
    [[nodiscard]] bool any_refused() const noexcept;
    [[nodiscard]] bool any_reached() const;
    void end_if_hopeless() const;
    [[nodiscard]] base::Clock::TimePoint next_turn_at(unsigned ahead) const;
    [[nodiscard]] bool refuses(std::size_t endpoint, Failure const& failure);
    [[nodiscard]] bool another_works(std::size_t endpoint) const;
    void count_attempt(std::size_t endpoint, Error const& error, std::stop_token stop);
    [[nodiscard]] Error gave_up(Error const& last, base::Error const& because,
                                std::stop_token stop) const;
    [[nodiscard]] Error nobody_reached() const;
    // Requires: one did.
    [[nodiscard]] Error refused_by_all() const;

    Client& client_;
    std::string const method_;
    std::string_view const params_;
    base::Clock::TimePoint const began_;
    std::optional<base::Seq> const seq_;
    resilience::Attempts attempts_;
    resilience::WaitingLine& line_;
    std::size_t const first_;  // breaks ties
    std::vector<Candidate> candidates_;
    bool any_exhausted_ = false;
    Error last_failure_{0, "no endpoint is in reach", base::Recovery::retry_here};
};

}  // namespace indexer::rpc
