// Any bytes as what a node, a file or a user said: what is printed or stored of it must be plain
// text that is no longer than allowed, the same when it is made plain again, and without secrets;
// what is written as JSON must be JSON that says the same.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <simdjson.h>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "rpc/redaction.hpp"

namespace indexer {
namespace {

void require(bool condition) {
    if (!condition) std::abort();
}

void try_plain(std::string_view bytes, std::size_t most) {
    auto const text = base::plain_text(bytes, most);
    require(text.size() <= most && base::is_plain_text(text));
    require(simdjson::validate_utf8(text) && base::plain_text(text, most) == text);
    require(!base::is_plain_text(bytes) || bytes.size() > most || text == bytes);
}

void try_json(std::string_view bytes) {
    base::JsonWriter json;
    json.value(bytes);
    simdjson::dom::parser parser;
    std::string_view again;
    require(parser.parse(simdjson::padded_string(json.text())).get(again) == simdjson::SUCCESS);
    require(!simdjson::validate_utf8(bytes.data(), bytes.size()) || again == bytes);
}

// The beginning is a URL, the rest what is said: the whole of the URL's secret must not be in it.
void try_redaction(std::string_view bytes) {
    auto const url = "https://h/" + std::string(bytes.substr(0, bytes.size() / 3));
    rpc::Redaction const hide{config::Endpoint(url)};
    auto const said = hide(std::string(bytes) + url, 300);
    require(said.size() <= 300 && base::is_plain_text(said));
}

}  // namespace
}  // namespace indexer

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it so
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace indexer;
    std::string_view const bytes(reinterpret_cast<char const*>(data), size);
    try_plain(bytes, size == 0 ? 0 : data[0]);
    try_plain(bytes, 4 * size);
    try_json(bytes);
    try_redaction(bytes);
    return 0;
}
