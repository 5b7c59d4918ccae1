#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "stellar/xdr/decoder.hpp"

namespace indexer::stellar {

// A decoded value together with what it views.
class OwnedValue {
  public:
    // `bytes` are one value of the named type. Throws xdr::DecodeError.
    OwnedValue(std::string_view type, std::string bytes);

    // The same of text; base::Error (not understood) when that is not base64.
    [[nodiscard]] static OwnedValue from_base64(std::string_view type, std::string_view text);

    [[nodiscard]] xdr::Value operator*() const noexcept { return value_; }

  private:
    std::unique_ptr<std::string const> bytes_;
    std::unique_ptr<xdr::Decoder> decoder_;
    xdr::Value value_;
};

}  // namespace indexer::stellar
