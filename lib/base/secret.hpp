#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace indexer::base {

// Text that must not reach a log, an error, a process list or a file: a URL with a token, a
// password. It has no formatter and no stream operator; reveal() marks the few places that send
// it where it belongs.
class Secret {
  public:
    Secret() = default;
    explicit Secret(std::string text) : text_(std::move(text)) {}

    [[nodiscard]] std::string const& reveal() const noexcept { return text_; }
    [[nodiscard]] bool empty() const noexcept { return text_.empty(); }

  private:
    std::string text_;
};

// A URL without user-info, path, query and fragment, fit to be printed: providers put tokens into
// all four. "https://user:key@host:8899/token?k=v" becomes "https://host:8899". Text that is no
// URL becomes "(not a URL)".
[[nodiscard]] std::string redacted_url(std::string_view url);

}  // namespace indexer::base
