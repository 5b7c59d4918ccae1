#include "tests/support/exposition.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace indexer::test {
namespace {

using Labels = std::map<std::string, std::string>;

// Reads one line from its beginning.
class Reader {
  public:
    explicit Reader(std::string_view line) : line_(line), rest_(line) {}

    [[noreturn]] void fail(std::string const& why) const {
        throw std::runtime_error(why + ": " + std::string(line_));
    }
    void check(bool holds, std::string const& why) const {
        if (!holds) fail(why);
    }
    [[nodiscard]] bool accept(std::string_view text) {
        if (!rest_.starts_with(text)) return false;
        rest_.remove_prefix(text.size());
        return true;
    }
    void expect(std::string_view text) {
        check(accept(text), "expected '" + std::string(text) + "'");
    }
    std::string name(std::string_view more = {}) {
        auto const legal = [&](char c) {
            return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' ||
                   more.find(c) != std::string_view::npos;
        };
        auto const* const end = std::find_if_not(rest_.begin(), rest_.end(), legal);
        std::string text(rest_.begin(), end);
        check(!text.empty() && std::isdigit(static_cast<unsigned char>(text[0])) == 0, "no name");
        rest_.remove_prefix(text.size());
        return text;
    }
    std::string quoted() {
        std::string text;
        for (expect("\""); !accept("\"");) text += character();
        return text;
    }
    double number() {
        if (accept("+Inf")) return std::numeric_limits<double>::infinity();
        double value = 0;
        auto const parsed = std::from_chars(rest_.begin(), rest_.end(), value);
        check(parsed.ec == std::errc(), "no number");
        rest_.remove_prefix(static_cast<std::size_t>(parsed.ptr - rest_.begin()));
        return value;
    }
    std::string_view rest() { return std::exchange(rest_, {}); }
    void end() const { check(rest_.empty(), "more than a sample"); }

  private:
    char character() {
        if (accept("\\n")) return '\n';
        if (accept("\\\"")) return '"';
        if (accept("\\\\")) return '\\';
        check(!rest_.empty() && rest_[0] != '\\', "bad escape, or no closing quote");
        char const c = rest_[0];
        rest_.remove_prefix(1);
        return c;
    }

    std::string_view line_;
    std::string_view rest_;
};

Labels read_labels(Reader& line) {
    Labels labels;
    if (!line.accept("{")) return labels;
    do {
        auto name = line.name();
        line.expect("=");
        line.check(labels.emplace(name, line.quoted()).second, "label twice");
    } while (line.accept(","));
    line.expect("}");
    return labels;
}

std::string series_text(std::string const& name, Labels const& labels) {
    std::string text;
    for (auto const& [label, value] : labels) {
        text += fmt::format(R"({}{}="{}")", text.empty() ? '{' : ',', label, value);
    }
    return name + text + (text.empty() ? "" : "}");
}

// Follows the lines of a text, family by family.
class Parser {
  public:
    Parser(std::map<std::string, double>& samples, std::map<std::string, std::string>& types)
        : samples_(samples), types_(types) {}

    void line(std::string const& text) {
        Reader line(text);
        if (line.accept("# HELP ")) return help(line);
        if (line.accept("# TYPE ")) return type(line);
        sample(line);
    }
    void finish() {
        for (auto const& [series, count] : open_buckets_) {
            throw std::runtime_error("histogram without +Inf or count: " + series);
        }
    }

  private:
    void help(Reader& line) {
        finish();
        family_ = line.name(":");
        line.expect(" ");
        line.check(!line.rest().empty(), "no help");
        line.check(!types_.contains(family_), "family torn apart");
    }
    void type(Reader& line) {
        line.check(line.name(":") == family_, "TYPE without its HELP");
        line.expect(" ");
        auto const type = line.name();
        line.check(type == "counter" || type == "gauge" || type == "histogram", "unknown type");
        line.check(types_.emplace(family_, type).second, "TYPE twice");
    }
    void sample(Reader& line) {
        auto const name = line.name(":");
        auto labels = read_labels(line);
        line.expect(" ");
        double const value = line.number();
        line.end();
        auto const type = types_.find(family_);
        line.check(type != types_.end(), "sample before TYPE");
        line.check(samples_.emplace(series_text(name, labels), value).second, "series twice");
        if (type->second == "histogram") return histogram(line, name, std::move(labels), value);
        line.check(name == family_, "sample of another family");
        line.check(type->second != "counter" || value >= 0, "negative counter");
    }
    void histogram(Reader& line, std::string const& name, Labels labels, double value) {
        if (name == family_ + "_bucket") {
            bool const last = labels["le"] == "+Inf";
            labels.erase("le");
            auto& bucket = open_buckets_[series_text(family_, labels)];
            line.check(!bucket.whole && value >= bucket.count, "buckets not cumulative");
            bucket = {value, last};
        } else if (name == family_ + "_count") {
            counts_[series_text(family_, labels)] = value;
        } else {
            line.check(name == family_ + "_sum", "sample of another family");
        }
        close(line, series_text(family_, labels));
    }
    // A histogram is whole once both its +Inf bucket and its count were seen, in either order.
    void close(Reader& line, std::string const& series) {
        auto const bucket = open_buckets_.find(series);
        auto const count = counts_.find(series);
        if (bucket == open_buckets_.end() || count == counts_.end() || !bucket->second.whole)
            return;
        line.check(bucket->second.count == count->second, "count is not the last bucket");
        open_buckets_.erase(bucket);
    }

    struct Bucket {
        double count = 0;
        bool whole = false;
    };
    std::map<std::string, double>& samples_;
    std::map<std::string, std::string>& types_;
    std::string family_;
    std::map<std::string, Bucket> open_buckets_;
    std::map<std::string, double> counts_;
};

}  // namespace

Exposition::Exposition(std::string const& text) {
    if (text.empty() || text.back() != '\n') throw std::runtime_error("not ended by a line feed");
    Parser parser(samples_, types_);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) parser.line(line);
    parser.finish();
}

double Exposition::sum(std::string const& name) const {
    double sum = 0;
    for (auto const& [series, value] : samples_) {
        if (series == name || series.starts_with(name + "{")) sum += value;
    }
    return sum;
}

}  // namespace indexer::test
