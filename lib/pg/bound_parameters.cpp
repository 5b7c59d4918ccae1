#include "pg/bound_parameters.hpp"

#include <limits>

#include "pg/error.hpp"

namespace indexer::pg {

BoundParameters::BoundParameters(std::span<Parameter const> parameters) {
    texts_.reserve(parameters.size());  // values_ points into it
    for (Parameter const& parameter : parameters) bind(parameter);
}

void BoundParameters::bind(Parameter const& parameter) {
    auto const bytes = parameter.bytes();
    if (bytes.size() > std::numeric_limits<int>::max()) {
        throw Error("database: a parameter is too long", "54000");
    }
    if (!parameter.binary() && bytes.find('\0') != std::string_view::npos) {
        throw Error("database: text cannot hold U+0000", "22021");
    }
    values_.push_back(parameter.binary() ? bytes.data() : texts_.emplace_back(bytes).c_str());
    lengths_.push_back(static_cast<int>(bytes.size()));
    formats_.push_back(parameter.binary() ? 1 : 0);
    bytes_ += bytes.size();
}

}  // namespace indexer::pg
