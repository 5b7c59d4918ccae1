#include "rpc/redaction.hpp"

#include <algorithm>
#include <charconv>
#include <sstream>

#include "base/secret.hpp"
#include "base/text.hpp"

namespace indexer::rpc {
namespace {

// Shorter ones are words like "v2", which tell nothing and occur in honest text.
constexpr std::size_t kShortestPart = 6;
// User-info and the values of a query are meant to be secret.
constexpr std::size_t kShortestSecret = 4;
constexpr std::size_t kLookedAt = 64UL * 1024;
constexpr std::string_view kHidden = "***";

// "%41" is as good as "A" to a server.
std::string decoded(std::string_view text) {
    std::string plain;
    for (; !text.empty(); text.remove_prefix(1)) {
        unsigned byte = 0;
        auto const* const digits = text.data() + 1;
        bool const escape = text.front() == '%' && text.size() > 2 &&
                            std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2;
        plain += escape ? static_cast<char>(byte) : text.front();
        if (escape) text.remove_prefix(2);
    }
    return plain;
}

class Secrets {
  public:
    void add(std::string_view text, std::size_t shortest) {
        for (auto const& form : {std::string(text), decoded(text)}) {
            if (form.size() >= shortest) all_.push_back(form);
        }
    }

    // Between the delimiters.
    void add_parts(std::string_view text, std::string_view delimiters, std::size_t shortest) {
        while (!text.empty()) {
            auto const end = std::min(text.find_first_of(delimiters), text.size());
            add(text.substr(0, end), shortest);
            text.remove_prefix(std::min(end + 1, text.size()));
        }
    }

    // The longest first, so that none is left in part.
    std::vector<std::string> take() && {
        std::sort(all_.begin(), all_.end(), [](std::string const& a, std::string const& b) {
            return a.size() != b.size() ? a.size() > b.size() : a < b;
        });
        all_.erase(std::unique(all_.begin(), all_.end()), all_.end());
        return std::move(all_);
    }

  private:
    std::vector<std::string> all_;
};

// Of "scheme://user:password@host/path?name=value#fragment" all but scheme and host. Names of a
// query are no secrets.
void add_url(Secrets& secrets, std::string_view url) {
    auto const scheme = url.find("://");
    if (scheme == std::string_view::npos) return secrets.add(url, kShortestSecret);
    url.remove_prefix(scheme + 3);
    auto const authority = url.substr(0, url.find_first_of("/?#"));
    if (auto const at = authority.rfind('@'); at != std::string_view::npos) {
        secrets.add(authority.substr(0, at), kShortestSecret);
        secrets.add_parts(authority.substr(0, at), ":", kShortestSecret);
    }
    url.remove_prefix(authority.size());
    auto const query = std::min(url.find_first_of("?#"), url.size());
    auto const path = url.substr(0, query);
    secrets.add(path.substr(std::min<std::size_t>(1, query)), kShortestPart);
    secrets.add_parts(path, "/", kShortestPart);
    for (auto rest = url.substr(query); !rest.empty();) {
        auto const end = std::min(rest.find_first_of("&#", 1), rest.size());
        auto const member = rest.substr(1, end - 1);
        auto const value = member.find('=');
        secrets.add(value == std::string_view::npos ? member : member.substr(value + 1),
                    kShortestSecret);
        rest.remove_prefix(end);
    }
}

// A server may repeat a token without the word before it, as in "Bearer 1234".
void add_header(Secrets& secrets, std::string_view header) {
    auto const value = header.find_first_not_of(' ', header.find(':') + 1);
    if (value == std::string_view::npos) return;
    secrets.add(header.substr(value), kShortestSecret);
    secrets.add_parts(header.substr(value), " ", kShortestPart);
}

}  // namespace

Redaction::Redaction(config::Endpoint const& endpoint) {
    Secrets secrets;
    add_url(secrets, endpoint.url.reveal());
    for (base::Secret const& header : endpoint.headers) add_header(secrets, header.reveal());
    secrets_ = std::move(secrets).take();
}

std::string Redaction::operator()(std::string_view said, std::size_t most) const {
    std::string text(said.substr(0, kLookedAt));
    for (std::string const& secret : secrets_) {
        for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at)) {
            text.replace(at, secret.size(), kHidden);
            at += kHidden.size();
        }
    }
    return base::plain_text(text, most);
}

}  // namespace indexer::rpc
