#include "stellar/events/owned_value.hpp"

#include "base/error.hpp"
#include "stellar/base64.hpp"
#include "stellar/xdr/schema.hpp"

namespace indexer::stellar {

OwnedValue::OwnedValue(std::string_view type, std::string bytes)
    : bytes_(std::make_unique<std::string const>(std::move(bytes))),
      decoder_(std::make_unique<xdr::Decoder>()),
      value_(decoder_->decode(xdr::stellar_schema().type(type), *bytes_)) {
}

OwnedValue OwnedValue::from_base64(std::string_view type, std::string_view text) {
    std::string bytes;
    if (decode_base64(text, bytes)) return {type, std::move(bytes)};
    throw base::Error(base::Fault::not_understood, base::Recovery::never,
                      std::string("stellar: not base64 where a ").append(type).append(" belongs"));
}

}  // namespace indexer::stellar
