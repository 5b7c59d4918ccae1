#pragma once

#include <map>
#include <string>

namespace indexer::test {

// Samples of Prometheus' text format 0.0.4, each by its series as Prometheus would show it: the
// name, and the labels sorted, as in `rows_total{chain="solana",table="blocks"}`.
class Exposition {
  public:
    // Stricter than a scraper: HELP and TYPE once before a family's samples, families not torn
    // apart, no series twice, label values escaped, histograms cumulative, ended by +Inf, with
    // that equal to their count. Throws std::runtime_error with the line at fault.
    explicit Exposition(std::string const& text);

    [[nodiscard]] bool has(std::string const& series) const { return samples_.contains(series); }
    // Throws std::out_of_range when there is none.
    [[nodiscard]] double at(std::string const& series) const { return samples_.at(series); }
    // The type by family.
    [[nodiscard]] std::map<std::string, std::string> const& types() const { return types_; }
    // The sum over all series of a family that is a counter or a gauge; 0 when there is none.
    [[nodiscard]] double sum(std::string const& name) const;

  private:
    std::map<std::string, double> samples_;
    std::map<std::string, std::string> types_;
};

}  // namespace indexer::test
