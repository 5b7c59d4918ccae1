// The program with a decoder that does not know one block yet. All else is as in lib/chains.cpp,
// whose place this file takes when it is linked.
#define make_source make_taught_source
#include "lib/chains.cpp"  // NOLINT(bugprone-suspicious-include)
#undef make_source

namespace indexer {
namespace {

constexpr base::Seq kUnknown{1'500};

class UntaughtSource final : public source::Source {
  public:
    explicit UntaughtSource(std::unique_ptr<source::Source> taught) : taught_(std::move(taught)) {}

    std::string_view chain() const noexcept override { return taught_->chain(); }
    std::string content() const override { return taught_->content(); }
    std::span<model::Table const* const> tables() const noexcept override {
        return taught_->tables();
    }
    std::string network(std::stop_token stop) override { return taught_->network(stop); }
    base::Seq tip(std::stop_token stop) override { return taught_->tip(stop); }
    base::Seq first_available(std::stop_token stop) override {
        return taught_->first_available(stop);
    }
    std::vector<base::SeqRange> parts(base::SeqRange range, std::stop_token stop) override {
        return taught_->parts(range, stop);
    }
    source::Fetched fetch(base::SeqRange part, std::stop_token stop) override {
        return taught_->fetch(part, stop);
    }
    std::vector<model::Block> decode(source::Answer const& answer) const override {
        if (chain() != "solana" || !answer.part.contains(kUnknown)) return taught_->decode(answer);
        throw base::Error(base::Fault::not_understood, base::Recovery::never,
                          "solana: a block of a kind that is not known yet");
    }

  private:
    std::unique_ptr<source::Source> taught_;
};

}  // namespace

std::unique_ptr<source::Source> make_source(config::Options const& options, rpc::Client* client,
                                            base::Clock& clock, base::MemoryBudget& memory) {
    return std::make_unique<UntaughtSource>(make_taught_source(options, client, clock, memory));
}

}  // namespace indexer
