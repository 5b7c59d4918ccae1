#include "stellar/xdr/text.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "stellar/xdr/escape.hpp"
#include "stellar/xdr/text_form.hpp"

namespace indexer::stellar::xdr {

void append_text(std::string& out, Value const& value) {
    auto const form = value.type().form;
    auto const* const at = value.wire().data();
    if (is_asset_code(form)) {
        append_escaped(out, asset_code_bytes(form, at).code);
    } else if (form != TextForm::none) {
        append_text_form(out, form, at);
    } else if (value.type().kind == Kind::string) {
        append_escaped(out, value.bytes());
    } else {
        throw base::Error(base::Fault::internal, base::Recovery::never,
                          fmt::format("xdr: {} has no text", value.type().name));
    }
}

std::string text_of(Value const& value) {
    std::string text;
    append_text(text, value);
    return text;
}

}  // namespace indexer::stellar::xdr
