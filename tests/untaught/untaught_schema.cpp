// Stellar's types as a program from before protocol 30 knows them: no milliseconds. All else is as
// in lib/stellar/xdr/schema.cpp, whose place this file takes when it is linked.
#define stellar_schema taught_schema
#include "lib/stellar/xdr/schema.cpp"  // NOLINT(bugprone-suspicious-include)
#undef stellar_schema

#include <string>
#include <vector>

namespace indexer::stellar::xdr {
namespace {

std::vector<std::string> untaught_texts() {
    std::vector<std::string> texts;
    for (std::string_view const known : stellar_schema_texts()) {
        std::string text(known);
        for (std::string_view const line :
             {"    case signed_ms: StellarValueExtSignedMsValue;",
              "    case empty_tx_set_ms: StellarValueExtProposedMsValue;"}) {
            auto const at = text.find(line);
            if (at != std::string::npos) text.erase(at, line.size());
        }
        texts.push_back(std::move(text));
    }
    return texts;
}

}  // namespace

Schema const& stellar_schema() {
    static std::vector<std::string> const texts = untaught_texts();
    static std::vector<std::string_view> const views(texts.begin(), texts.end());
    static Schema const schema(views);
    return schema;
}

}  // namespace indexer::stellar::xdr
