#include "stellar/xdr/schema.hpp"

#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "stellar/xdr/schema_layout.hpp"
#include "stellar/xdr/schema_parser.hpp"
#include "stellar/xdr/schema_resolver.hpp"
#include "stellar/xdr/schema_texts.hpp"

namespace indexer::stellar::xdr {

Schema::Schema(std::span<std::string_view const> texts) {
    for (auto const text : texts) SchemaParser(*this, text).parse();
    resolve(types_);
    lay_out(types_);
}

Type const& Schema::type(std::string_view name) const {
    auto const found = names_.find(name);
    if (found != names_.end()) return *found->second;
    throw base::Error(base::Fault::internal, base::Recovery::never,
                      fmt::format("xdr: no type is called {}", name));
}

Type& Schema::named(std::string_view name) {
    auto const [entry, is_new] = names_.try_emplace(name);
    if (is_new) {
        entry->second = &add({});
        entry->second->name = name;
    }
    return *entry->second;
}

Type& Schema::scalar(std::string_view name, Kind kind) {
    auto& type = named(name);
    type.kind = kind;
    return type;
}

Type& Schema::add(Type type) {
    return types_.emplace_back(std::move(type));
}

Schema const& stellar_schema() {
    static Schema const schema(stellar_schema_texts());
    return schema;
}

std::span<std::string_view const> stellar_schema_texts() noexcept {
    return kSchemaTexts;
}

}  // namespace indexer::stellar::xdr
