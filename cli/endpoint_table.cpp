#include "cli/endpoint_table.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/number.hpp"
#include "base/text.hpp"

namespace indexer::cli {
namespace {

base::Error refusal(CLI::ConfigItem const& item, std::string const& what) {
    return {base::Fault::usage, base::Recovery::never,
            "config file: " + item.fullname() + ": " + what,
            "an endpoint has url, header, rps and weight"};
}

// Values are not repeated in errors: a URL may stand in the wrong line.
std::string const& only(CLI::ConfigItem const& item) {
    if (item.inputs.size() == 1) return item.inputs.front();
    throw refusal(item, "one value is expected");
}

double positive(CLI::ConfigItem const& item) {
    auto const value = base::whole_number<double>(only(item));
    if (value && *value > 0) return *value;
    throw refusal(item, "a positive number is expected");
}

}  // namespace

config::Endpoint& EndpointTables::endpoint(std::string const& name) {
    auto const found =
        std::find_if(endpoints_.begin(), endpoints_.end(),
                     [&](config::Endpoint const& known) { return known.name == name; });
    if (found != endpoints_.end()) return *found;
    auto& fresh = endpoints_.emplace_back();
    fresh.name = name;
    return fresh;
}

bool EndpointTables::take(CLI::ConfigItem const& item) {
    if (item.parents.empty() || item.parents.front() != "endpoint") return false;
    if (item.name == "++" || item.name == "--") return true;  // a table begins, or ends
    if (item.parents.size() != 2) throw refusal(item, "write it below [endpoint.NAME]");
    constexpr std::size_t kLongestName = 100;
    auto const& name = item.parents.back();
    if (name.empty() || name.size() > kLongestName || !base::is_plain_text(name)) {
        throw refusal(item, "its name is none to be printed");
    }
    auto& target = endpoint(name);
    if (item.name == "url") {
        target.url = base::Secret(only(item));
    } else if (item.name == "header") {
        for (std::string const& header : item.inputs) target.headers.emplace_back(header);
    } else if (item.name == "rps") {
        target.rps = positive(item);
    } else if (item.name == "weight") {
        target.weight = positive(item);
    } else {
        throw refusal(item, "not known");
    }
    return true;
}

std::vector<config::Endpoint> EndpointTables::endpoints() const {
    for (config::Endpoint const& endpoint : endpoints_) {
        if (!endpoint.url.empty()) continue;
        throw base::Error(base::Fault::usage, base::Recovery::never,
                          "config file: endpoint." + endpoint.name + " has no url",
                          "write url = \"https://...\" below it");
    }
    return endpoints_;
}

}  // namespace indexer::cli
