#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/seq.hpp"
#include "rpc/verdict.hpp"

namespace indexer::rpc {

struct Request {
    std::uint64_t id;
    std::string_view method;
    std::string_view params;
    std::string_view body;
    Classify& classify;
    std::optional<base::Seq> seq;  // what it is about
    bool failed_before = false;    // at this endpoint, as part of the same call
};

// The questions that an endpoint answered last, two a method. One of them is asked again where it
// is in doubt whether the endpoint fails, or another question does. Safe for concurrent use; time
// is a parameter.
class Answered {
  public:
    using TimePoint = base::Clock::TimePoint;

    // A request that outlives the call it was made for.
    class Question {
      public:
        Question(Request const& request, TimePoint answered);

        [[nodiscard]] Request request() const;
        [[nodiscard]] bool is(std::string_view params) const noexcept { return params == params_; }
        [[nodiscard]] TimePoint answered() const noexcept { return answered_; }

      private:
        std::uint64_t id_;
        std::string method_;
        std::string params_;
        std::string body_;
        Classify* classify_;
        std::optional<base::Seq> seq_;
        TimePoint answered_;
    };

    void note(Request const& request, TimePoint now);

    // The last one of the method with other parameters.
    [[nodiscard]] std::optional<Question> other_than(std::string_view method,
                                                     std::string_view params) const;

  private:
    struct Last {
        Question newest;
        std::optional<Question> before;  // another one
    };

    mutable std::mutex mutex_;
    std::map<std::string, Last, std::less<>> by_method_;
};

}  // namespace indexer::rpc
