// Any bytes as a URL, as a lake's manifest and names, and as a request for a page.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/secret.hpp"
#include "observe/http_request.hpp"
#include "rpc/url.hpp"
#include "stellar/lake/manifest.hpp"

namespace indexer {
namespace {

void try_url(std::string_view bytes) {
    base::Secret const url{std::string(bytes)};
    try {
        rpc::check_url(url);
        (void)rpc::below(url, "name");
    } catch (base::Error const&) {
    }
}

void try_lake(std::string_view bytes) {
    (void)stellar::range_in_name(bytes);
    try {
        auto const manifest = stellar::read_manifest(bytes, "lake");
        auto const range = manifest.batch(base::Seq(1'000));
        if (!range.contains(base::Seq(1'000))) std::abort();
        (void)manifest.key(base::Seq(1'000));
    } catch (base::Error const&) {
    }
}

void try_request(std::string_view bytes) {
    if (!observe::is_whole_request(bytes)) return;
    auto const request = observe::read_http_request(bytes);
    if (request && !request->path.starts_with('/')) std::abort();
}

}  // namespace
}  // namespace indexer

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it so
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const bytes(reinterpret_cast<char const*>(data), size);
    indexer::try_url(bytes);
    indexer::try_lake(bytes);
    indexer::try_request(bytes);
    return 0;
}
