#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "observe/metric_table.hpp"

namespace prometheus {
class Counter;
class Histogram;
struct MetricFamily;
class Registry;
}  // namespace prometheus

namespace indexer::observe {

// One series that code counts on as things happen. Copy it freely, keep it where it is used often.
// Valid while its Metrics lives; safe for concurrent use.
class Counter {
  public:
    void add(double amount = 1) const noexcept;

  private:
    friend class Metrics;
    explicit Counter(prometheus::Counter& series) noexcept : series_(&series) {}
    prometheus::Counter* series_;
};

// The same for a quantity whose distribution matters, such as a duration in seconds.
class Histogram {
  public:
    void observe(double value) const noexcept;

  private:
    friend class Metrics;
    explicit Histogram(prometheus::Histogram& series) noexcept : series_(&series) {}
    prometheus::Histogram* series_;
};

// What is asked of the objects that own a value when somebody looks. For one thread.
class Samples {
  public:
    template <class... Labels>
    using CounterName = MetricName<MetricType::counter, sizeof...(Labels)>;
    template <class... Labels>
    using GaugeName = MetricName<MetricType::gauge, sizeof...(Labels)>;

    // Adds to what others said of the same series.
    template <class Number, class... Labels>
    void count(CounterName<Labels...> name, Number amount, Labels const&... labels) {
        series_[name.row][{std::string(labels)...}] += static_cast<double>(amount);
    }

    // Of two values for the same series the last one counts.
    template <class Number, class... Labels>
    void gauge(GaugeName<Labels...> name, Number value, Labels const&... labels) {
        series_[name.row][{std::string(labels)...}] = static_cast<double>(value);
    }

    using LabelValues = std::vector<std::string>;
    using Series = std::map<LabelValues, double>;
    [[nodiscard]] std::map<Metric const*, Series> const& series() const { return series_; }

    void forget_gauges();

  private:
    std::map<Metric const*, Series> series_;
};

// All metrics of a run. Events are counted here as they happen; values that an object keeps anyway
// are asked of it when somebody looks. Safe for concurrent use.
class Metrics {
  public:
    using CommonLabels = std::map<std::string, std::string>;
    using Collector = std::function<void(Samples&)>;
    class Collection;

    // `common` labels go with every sample.
    explicit Metrics(CommonLabels common);
    Metrics(Metrics const&) = delete;
    Metrics& operator=(Metrics const&) = delete;
    ~Metrics();

    // The series with these label values; the same one for the same values.
    template <class... Labels>
    [[nodiscard]] Counter counter(MetricName<MetricType::counter, sizeof...(Labels)> name,
                                  Labels const&... labels) {
        return counter(*name.row, {std::string(labels)...});
    }
    template <class... Labels>
    [[nodiscard]] Histogram histogram(MetricName<MetricType::histogram, sizeof...(Labels)> name,
                                      Labels const&... labels) {
        return histogram(*name.row, {std::string(labels)...});
    }

    // Calls `collector` whenever somebody looks, in that one's thread, until the result is
    // destroyed. It is then called a last time: its counters stay, as totals must not fall when
    // the object behind them ends; its gauges go. It must not use this object.
    [[nodiscard]] Collection collect(Collector collector);

    // Prometheus' text format, version 0.0.4, in the order of the table.
    [[nodiscard]] std::string text() const;

    // The series of one gauge that its owners tell when asked.
    template <std::size_t kLabels>
    [[nodiscard]] Samples::Series gauges(MetricName<MetricType::gauge, kLabels> name) const {
        return series_of(*name.row);
    }

    // Every counter by name, summed over its labels.
    [[nodiscard]] std::map<std::string, double> totals() const;

  private:
    using Collectors = std::list<Collector>;

    [[nodiscard]] Counter counter(Metric const& row, Samples::LabelValues const& values);
    [[nodiscard]] Histogram histogram(Metric const& row, Samples::LabelValues const& values);
    [[nodiscard]] std::vector<prometheus::MetricFamily> families() const;
    [[nodiscard]] Samples samples() const;
    [[nodiscard]] Samples::Series series_of(Metric const& row) const;
    void end(Collectors::iterator collector);

    CommonLabels const common_;
    std::unique_ptr<prometheus::Registry> registry_;
    mutable std::mutex mutex_;
    Collectors collectors_;
    Samples ended_;  // what collectors that are gone have counted
};

// Keeps a collector known. What it reads must outlive this.
class Metrics::Collection {
  public:
    Collection(Metrics& metrics, Collectors::iterator collector) noexcept;
    Collection(Collection&& other) noexcept;
    Collection& operator=(Collection&&) = delete;
    ~Collection();

  private:
    Metrics* metrics_;
    Collectors::iterator collector_;
};

}  // namespace indexer::observe
