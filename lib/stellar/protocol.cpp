#include "stellar/protocol.hpp"

#include <spdlog/spdlog.h>

namespace indexer::stellar {

void ProtocolWatch::meet(std::uint32_t protocol, std::string const& where) {
    auto newest = met_.load();
    while (protocol > newest) {
        if (!met_.compare_exchange_weak(newest, protocol)) continue;
        if (protocol <= kNewestProtocol) return;
        return spdlog::warn(
            "stellar: {}: the network runs protocol {}, newer than {}, the newest that this "
            "version of indexer knows: upgrade indexer; what it does not understand is kept as "
            "dead letters",
            where, protocol, kNewestProtocol);
    }
}

}  // namespace indexer::stellar
