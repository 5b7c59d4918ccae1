#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include <gtest/gtest.h>
#include <simdjson.h>

#include "observe/metric_table.hpp"
#include "tests/places.hpp"

// What is shipped for Prometheus and Grafana asks for metrics that there are.
namespace indexer::observe {
namespace {

std::string read(std::string const& path) {
    std::ifstream file(std::string(INDEXER_SOURCE_DIR) + "/scripts/monitoring/" + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::set<std::string> metrics_named_in(std::string const& text) {
    constexpr std::string_view kPrefix = "indexer_";
    std::set<std::string> names;
    for (auto at = text.find(kPrefix); at != std::string::npos; at = text.find(kPrefix, at)) {
        auto const end =
            std::find_if(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(),
                         [](unsigned char c) { return std::isalnum(c) == 0 && c != '_'; });
        names.emplace(text.begin() + static_cast<std::ptrdiff_t>(at), end);
        at += kPrefix.size();
    }
    return names;
}

// The names of the series that Prometheus keeps.
std::set<std::string> series() {
    std::set<std::string> names;
    for (Metric const& metric : kMetrics) {
        std::string const name(metric.name());
        if (metric.type() != MetricType::histogram) {
            names.insert(name);
            continue;
        }
        for (auto const* const suffix : {"_bucket", "_sum", "_count"}) names.insert(name + suffix);
    }
    return names;
}

void expect_known(std::set<std::string> const& names) {
    auto const known = series();
    for (std::string const& name : names) EXPECT_TRUE(known.contains(name)) << name;
}

TEST(Monitoring, AlertsAskForMetricsThatThereAre) {
    auto const names = metrics_named_in(read("alerts.yml"));
    EXPECT_GE(names.size(), 9U);
    expect_known(names);
}

TEST(Monitoring, TheDashboardLoadsAndAsksForMetricsThatThereAre) {
    simdjson::dom::parser parser;
    auto const text = read("dashboard.json");
    simdjson::dom::element const dashboard = parser.parse(text);
    std::string expressions;
    for (auto const panel : dashboard["panels"].get_array()) {
        for (auto const target : panel["targets"].get_array()) {
            expressions += std::string(target["expr"].get_string().value()) + "\n";
        }
    }
    auto const names = metrics_named_in(expressions);
    EXPECT_GE(names.size(), 30U);
    expect_known(names);
}

}  // namespace
}  // namespace indexer::observe
