#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace indexer::base {

// Writes one JSON document, compact, keys in the order given. The caller keeps objects and arrays
// balanced; the writer places commas and escapes text. What is no UTF-8 becomes U+FFFD, and control
// characters are escaped, so that the document is valid and a terminal shows it.
class JsonWriter {
  public:
    JsonWriter& begin_object();
    JsonWriter& end_object();
    JsonWriter& begin_array();
    JsonWriter& end_array();
    JsonWriter& key(std::string_view name);
    JsonWriter& value(std::string_view text);
    JsonWriter& value(char const* text) { return value(std::string_view(text)); }
    JsonWriter& value(bool flag);
    JsonWriter& value(double number);  // not finite: null
    JsonWriter& value(std::int64_t number);
    JsonWriter& value(std::uint64_t number);
    JsonWriter& value(int number) { return value(static_cast<std::int64_t>(number)); }
    JsonWriter& value(unsigned number) { return value(static_cast<std::uint64_t>(number)); }
    JsonWriter& null();
    JsonWriter& raw(std::string_view json);  // a value that is JSON already

    template <class T>
    JsonWriter& member(std::string_view name, T const& content) {
        return key(name).value(content);
    }

    [[nodiscard]] std::string const& text() const& noexcept { return text_; }
    [[nodiscard]] std::string text() && noexcept { return std::move(text_); }

  private:
    void separate();

    std::string text_;
    bool needs_comma_ = false;
};

}  // namespace indexer::base
