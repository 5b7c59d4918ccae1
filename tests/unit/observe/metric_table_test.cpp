#include "observe/metric_table.hpp"

#include <set>

#include <gtest/gtest.h>
#include <prometheus/check_names.h>

namespace indexer::observe {
namespace {

TEST(MetricTable, NamesFollowPrometheusConventions) {
    for (Metric const& metric : kMetrics) {
        std::string const name(metric.name());
        EXPECT_TRUE(prometheus::CheckMetricName(name)) << name;
        EXPECT_TRUE(name.starts_with("indexer_")) << name;
        EXPECT_EQ(name.ends_with("_total"), metric.type() == MetricType::counter) << name;
        for (auto const label : metric.labels()) {
            EXPECT_TRUE(prometheus::CheckLabelName(std::string(label))) << name << " " << label;
        }
    }
}

TEST(MetricTable, NamesAreDistinct) {
    std::set<std::string_view> names;
    for (Metric const& metric : kMetrics) names.insert(metric.name());
    EXPECT_EQ(names.size(), kMetrics.size());
}

TEST(MetricTable, HelpIsASentenceOnOneLine) {
    for (Metric const& metric : kMetrics) {
        EXPECT_TRUE(metric.help().ends_with('.')) << metric.name();
        EXPECT_EQ(metric.help().find_first_of("\n\\"), std::string_view::npos) << metric.name();
    }
}

TEST(MetricTable, HistogramsHaveAscendingBuckets) {
    for (Metric const& metric : kMetrics) {
        auto const bounds = metric.buckets();
        EXPECT_EQ(bounds.empty(), metric.type() != MetricType::histogram) << metric.name();
        EXPECT_EQ(std::adjacent_find(bounds.begin(), bounds.end(), std::greater_equal<>()),
                  bounds.end())
            << metric.name();
    }
}

}  // namespace
}  // namespace indexer::observe
