#include "stellar/events/event_decoder.hpp"

#include <map>
#include <memory>
#include <string>

#include <simdjson.h>

#include "base/error.hpp"
#include "stellar/events/gathered.hpp"
#include "stellar/identity.hpp"
#include "stellar/rows.hpp"
#include "stellar/tables.hpp"

namespace indexer::stellar {
namespace {

namespace dom = simdjson::dom;

using base::Seq;

// What stands in for hashes, which getEvents does not tell: neighbours agree on it, and nobody can
// take it for a proof.
constexpr std::string_view kAsked = "asked";

// The blocks of a part, in the order of their ledgers.
class Blocks {
  public:
    Blocks(base::SeqRange part, Content const& content) : part_(part), content_(content) {}

    [[nodiscard]] model::Block& at(Seq ledger) {
        auto const [place, is_new] = blocks_.try_emplace(ledger);
        if (is_new) place->second.rows = model::empty_batches(content_.tables);
        return place->second;
    }

    [[nodiscard]] std::vector<model::Block> finish() && {
        static_cast<void>(at(part_.last()));
        std::vector<model::Block> blocks;
        Seq before(part_.begin.value() - 1);
        for (auto& [ledger, block] : blocks_) {
            block.link = {ledger, std::string(kAsked)};
            block.parent = {before, std::string(kAsked)};
            before = ledger;
            blocks.push_back(std::move(block));
        }
        return blocks;
    }

  private:
    base::SeqRange part_;
    Content const& content_;
    std::map<Seq, model::Block> blocks_;
};

LedgerHead head_of(GatheredTransaction const& gathered) {
    return {.seq = gathered.ledger(),
            .closed_at = gathered.closed_at(),
            .hash = {},
            .previous_hash = {},
            .header = gathered.meta()};
}

void add_code(GatheredTransaction const& gathered, Transaction const& transaction,
              model::RowBatch& rows) {
    auto const metas = (*gathered.meta().content())["operations"];
    auto meta = metas.begin();
    for (auto const operation : transaction.operations()) {
        if (meta == metas.end()) return;
        append_contract_code(head_of(gathered), transaction,
                             operation_source(transaction, operation).account, (*meta)["changes"],
                             rows);
        ++meta;
    }
}

// Reads a part's JSON into blocks.
class Reader {
  public:
    Reader(base::SeqRange part, std::string_view passphrase, Content const& content)
        : blocks_(part, content),
          last_(part.last()),
          network_(network_id(passphrase)),
          contracts_(network_) {}

    void read_transactions(dom::array const& list) {
        for (dom::element const json : list) {
            guarded(json, [&] { add(std::make_unique<GatheredTransaction>(json.get_object())); });
        }
    }

    void read_events(dom::array const& list) {
        for (dom::element const json : list) {
            guarded(json, [&] { add(GatheredEvent(json.get_object())); });
        }
    }

    void read_entries(dom::array const& list) {
        for (dom::element const json : list) {
            guarded(json, [&] { add_entry(gathered_entry(json.get_object())); });
        }
    }

    [[nodiscard]] std::vector<model::Block> finish() && { return std::move(blocks_).finish(); }

  private:
    // One that cannot be read is kept, and the others are read on.
    template <class Body>
    void guarded(dom::element const& json, Body body) {
        std::string what;
        try {
            return body();
        } catch (base::Error const& error) {
            if (error.fault() != base::Fault::not_understood) throw;
            what = error.what();
        }
        std::uint64_t ledger = 0;
        std::string_view hash;
        if (json["ledger"].get(ledger) != simdjson::SUCCESS) ledger = last_.value();
        if (json["txHash"].get(hash) != simdjson::SUCCESS) hash = "entry";
        blocks_.at(Seq(ledger))
            .dead_letters.push_back({.seq = Seq(ledger),
                                     .path = std::string(hash),
                                     .stage = "decode",
                                     .error = what,
                                     .raw = simdjson::minify(json)});
    }

    void add(std::unique_ptr<GatheredTransaction> gathered) {
        auto const transaction = gathered->transaction();
        auto const head = head_of(*gathered);
        auto& block = blocks_.at(gathered->ledger());
        ++block.transactions;
        if (auto* const rows = model::rows_of(block.rows, transactions_table())) {
            append_transaction(head, transaction, *rows);
        }
        if (auto* const rows = model::rows_of(block.rows, operations_table())) {
            append_operations(head, network_, transaction, *rows);
        }
        if (auto* const rows = model::rows_of(block.rows, contract_code_table())) {
            add_code(*gathered, transaction, *rows);
        }
        auto hash = gathered->hash();
        transactions_.emplace(std::move(hash), std::move(gathered));
    }

    // An event of a transaction that is a dead letter is kept with it.
    void add(GatheredEvent const& gathered) {
        auto const found = transactions_.find(gathered.transaction());
        if (found == transactions_.end()) return;
        auto const transaction = found->second->transaction();
        auto const head = head_of(*found->second);
        auto const event = gathered.event(transaction.application_order);
        auto const contract = contract_of(event.value);
        auto& block = blocks_.at(head.seq);
        if (auto* const rows = model::rows_of(block.rows, events_table())) {
            append_event(head, transaction, event, contract, *rows);
        }
        auto* const rows = model::rows_of(block.rows, token_operations_table());
        if (rows == nullptr) return;
        if (auto const operation = read_token_operation(event.value, event.stage.has_value())) {
            append_token_operation(head, transaction, event, contract, *operation, contracts_,
                                   *rows);
        }
    }

    // As the ledger left it that changed it last, which may lie behind the part.
    void add_entry(OwnedValue const& entry) {
        if (!(*entry)["data"].when("account")) return;
        auto* const rows = model::rows_of(blocks_.at(last_).rows, account_entries_table());
        if (rows == nullptr) return;
        LedgerHead const head{.seq = Seq((*entry)["last_modified_ledger_seq"].natural()),
                              .closed_at = 0,
                              .hash = {},
                              .previous_hash = {},
                              .header = *entry};
        append_account_entry(head, {.entry = *entry, .deleted = false}, *rows);
    }

    Blocks blocks_;
    Seq last_;
    Hash network_;
    AssetContracts contracts_;
    std::map<std::string, std::unique_ptr<GatheredTransaction>> transactions_;
};

}  // namespace

std::vector<model::Block> decode_gathered(std::string_view json, base::SeqRange part,
                                          std::string_view passphrase, Content const& content) {
    Reader reader(part, passphrase, content);
    dom::parser parser;
    try {
        dom::element const gathered = parser.parse(simdjson::padded_string(json));
        reader.read_transactions(gathered["transactions"].get_array());
        reader.read_events(gathered["events"].get_array());
        reader.read_entries(gathered["entries"].get_array());
    } catch (simdjson::simdjson_error const& error) {
        throw base::Error(base::Fault::not_understood, base::Recovery::never,
                          std::string("stellar: events: ") + error.what());
    }
    return std::move(reader).finish();
}

}  // namespace indexer::stellar
