// The program with a decoder that does not know one block yet. All else is as in lib/chains.cpp,
// whose place this file takes when it is linked.
#define make_source make_taught_source
#include "lib/chains.cpp"  // NOLINT(bugprone-suspicious-include)
#undef make_source
#include "source/forwarding.hpp"

namespace indexer {
namespace {

constexpr base::Seq kUnknown{1'500};

class UntaughtSource final : public source::Forwarding {
  public:
    using Forwarding::Forwarding;

    std::vector<model::Block> decode(source::Answer const& answer) const override {
        if (chain() != "solana" || !answer.part.contains(kUnknown)) return inner().decode(answer);
        throw base::Error(base::Fault::not_understood, base::Recovery::never,
                          "solana: a block of a kind that is not known yet");
    }
};

}  // namespace

std::unique_ptr<source::Source> make_source(config::Options const& options, rpc::Client* client,
                                            base::Clock& clock, base::MemoryBudget& memory) {
    return std::make_unique<UntaughtSource>(make_taught_source(options, client, clock, memory));
}

}  // namespace indexer
