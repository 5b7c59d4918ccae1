#include "observe/metrics.hpp"

#include <utility>

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace indexer::observe {
namespace {

prometheus::Labels named(Metric const& row, Samples::LabelValues const& values) {
    prometheus::Labels labels;
    for (std::size_t i = 0; i < values.size(); ++i) {
        labels.emplace(row.labels()[i], values[i]);
    }
    return labels;
}

prometheus::MetricFamily family(Metric const& row, Samples::Series const& series,
                                prometheus::Labels const& common) {
    bool const counts = row.type() == MetricType::counter;
    prometheus::MetricFamily family;
    family.name = row.name();
    family.help = row.help();
    family.type = counts ? prometheus::MetricType::Counter : prometheus::MetricType::Gauge;
    for (auto const& [values, value] : series) {
        auto& sample = family.metric.emplace_back();
        for (auto const& [name, text] : common) sample.label.push_back({name, text});
        for (auto const& [name, text] : named(row, values)) sample.label.push_back({name, text});
        (counts ? sample.counter.value : sample.gauge.value) = value;
    }
    return family;
}

Metric const* row_of(prometheus::MetricFamily const& family) {
    return std::find_if(kMetrics.begin(), kMetrics.end(),
                        [&](Metric const& row) { return row.name() == family.name; });
}

}  // namespace

void Counter::add(double amount) const noexcept {
    series_->Increment(amount);
}

void Histogram::observe(double value) const noexcept {
    series_->Observe(value);
}

void Samples::forget_gauges() {
    for (auto at = series_.begin(); at != series_.end();) {
        at = at->first->type() == MetricType::gauge ? series_.erase(at) : std::next(at);
    }
}

Metrics::Metrics(CommonLabels common)
    : common_(std::move(common)), registry_(std::make_unique<prometheus::Registry>()) {
}

Metrics::~Metrics() = default;

Counter Metrics::counter(Metric const& row, Samples::LabelValues const& values) {
    auto& family = prometheus::BuildCounter()
                       .Name(std::string(row.name()))
                       .Help(std::string(row.help()))
                       .Labels(common_)
                       .Register(*registry_);
    return Counter(family.Add(named(row, values)));
}

Histogram Metrics::histogram(Metric const& row, Samples::LabelValues const& values) {
    auto& family = prometheus::BuildHistogram()
                       .Name(std::string(row.name()))
                       .Help(std::string(row.help()))
                       .Labels(common_)
                       .Register(*registry_);
    prometheus::Histogram::BucketBoundaries const bounds(row.buckets().begin(),
                                                         row.buckets().end());
    return Histogram(family.Add(named(row, values), bounds));
}

Metrics::Collection Metrics::collect(Collector collector) {
    std::lock_guard const lock(mutex_);
    return {*this, collectors_.insert(collectors_.end(), std::move(collector))};
}

void Metrics::end(Collectors::iterator collector) {
    std::lock_guard const lock(mutex_);
    (*collector)(ended_);
    ended_.forget_gauges();
    collectors_.erase(collector);
}

Samples Metrics::samples() const {
    std::lock_guard const lock(mutex_);
    Samples samples = ended_;
    for (Collector const& collector : collectors_) collector(samples);
    return samples;
}

Samples::Series Metrics::series_of(Metric const& row) const {
    auto const all = samples();
    auto const found = all.series().find(&row);
    return found == all.series().end() ? Samples::Series{} : found->second;
}

std::vector<prometheus::MetricFamily> Metrics::families() const {
    auto families = registry_->Collect();
    auto const asked = samples();
    for (auto const& [row, series] : asked.series()) {
        families.push_back(family(*row, series, common_));
    }
    std::sort(families.begin(), families.end(),
              [](auto const& a, auto const& b) { return row_of(a) < row_of(b); });
    return families;
}

std::string Metrics::text() const {
    return prometheus::TextSerializer().Serialize(families());
}

std::map<std::string, double> Metrics::totals() const {
    std::map<std::string, double> totals;
    for (auto const& family : families()) {
        if (family.type != prometheus::MetricType::Counter) continue;
        for (auto const& series : family.metric) totals[family.name] += series.counter.value;
    }
    return totals;
}

Metrics::Collection::Collection(Metrics& metrics, Collectors::iterator collector) noexcept
    : metrics_(&metrics), collector_(collector) {
}

Metrics::Collection::Collection(Collection&& other) noexcept
    : metrics_(std::exchange(other.metrics_, nullptr)), collector_(other.collector_) {
}

Metrics::Collection::~Collection() {
    if (metrics_ != nullptr) metrics_->end(collector_);
}

}  // namespace indexer::observe
