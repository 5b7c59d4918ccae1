#pragma once

#include <stdexcept>
#include <string>

namespace indexer::base {

// What can be done about a failed attempt. An exception means "this attempt is over"; whoever
// decides whether to try again reads this, never the text.
enum class Recovery {
    retry_here,       // the same call at the same place may succeed later
    retry_elsewhere,  // another endpoint, or another connection, may succeed now
    never,            // trying again changes nothing
};

// Whose fault it is. The command line turns this into an exit code.
enum class Fault {
    internal,        // ours
    usage,           // the caller asked for something impossible
    locked,          // another run holds the lock
    database,        // PostgreSQL is out of reach, or its schema is too old or too new
    endpoint,        // no endpoint can serve
    not_understood,  // configuration or chain data that this program does not know
    stopped,         // a stop was requested while waiting
};

// The one exception type. `what()` reads "<where>: <what>", lower case, without a final period;
// `hint()` is empty or one sentence on what the user can do. Both are made plain_text() (text.hpp).
class Error : public std::runtime_error {
  public:
    Error(Fault fault, Recovery recovery, std::string const& what, std::string hint = {});

    [[nodiscard]] Fault fault() const noexcept { return fault_; }
    [[nodiscard]] Recovery recovery() const noexcept { return recovery_; }
    [[nodiscard]] std::string const& hint() const noexcept { return hint_; }

  private:
    Fault fault_;
    Recovery recovery_;
    std::string hint_;
};

// What a wait throws when it was told to stop.
[[nodiscard]] Error stopped(std::string const& where);

// Runs `body`; a stop while it waits is an end like another one.
template <class Body>
void unless_stopped(Body&& body) {
    try {
        body();
    } catch (Error const& error) {
        if (error.fault() != Fault::stopped) throw;
    }
}

}  // namespace indexer::base
