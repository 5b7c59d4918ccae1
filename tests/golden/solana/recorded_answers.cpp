#include "tests/golden/solana/recorded_answers.hpp"

#include <map>
#include <set>

#include <fmt/format.h>
#include <simdjson.h>

#include "base/json_writer.hpp"
#include "tests/support/shared_data.hpp"
#include "tests/support/solana_blocks.hpp"

namespace indexer::test {
namespace {

namespace dom = simdjson::dom;

std::string padded(std::string text) {
    text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
    return text;
}

// Stands for each program whose instructions the node parsed.
constexpr std::string_view kParsed = "Parsed1111111111111111111111111111111111111";

// Writes a jsonParsed transaction as encoding json has it.
class Unparser {
  public:
    explicit Unparser(dom::element transaction) : transaction_(transaction) {
        for (dom::element const key : dom::array(message()["accountKeys"])) {
            index(std::string_view(key["pubkey"]));
        }
    }

    std::string write() {
        dom::object const meta = transaction_["meta"];
        std::string const instructions = instructions_text(message()["instructions"]);
        std::string const inner = inner_text(transaction_["meta"]["innerInstructions"]);
        json_.begin_object().key("meta").begin_object();
        for (auto const [key, value] : meta) {
            json_.key(key);
            bool const of_all = key == "preBalances" || key == "postBalances";
            if (key == "innerInstructions") {
                json_.raw(inner);
            } else {
                raw(value, of_all);
            }
        }
        json_.end_object().key("transaction").begin_object().key("message").begin_object();
        json_.key("accountKeys").begin_array();
        for (auto const& key : keys_) json_.value(key);
        json_.end_array().key("instructions").raw(instructions).key("recentBlockhash");
        raw(message()["recentBlockhash"]);
        json_.end_object().key("signatures");
        raw(transaction_["transaction"]["signatures"]);
        json_.end_object().end_object();
        return json_.text();
    }

  private:
    dom::element message() { return transaction_["transaction"]["message"]; }
    // Balances `of_all` accounts: those that were added hold nothing.
    void raw(dom::element value, bool of_all = false) {
        auto text = simdjson::to_string(value);
        for (std::size_t n = of_all ? dom::array(value).size() : keys_.size(); n < keys_.size();
             ++n)
            text.insert(text.size() - 1, ",0");
        json_.raw(text);
    }

    std::uint64_t index(std::string_view key) {
        auto const [entry, is_new] = indexes_.emplace(key, indexes_.size());
        if (is_new) keys_.emplace_back(key);
        return entry->second;
    }

    void instruction(dom::element instruction, base::JsonWriter& json) {
        std::string_view data;
        bool const parsed = instruction["data"].get(data) != simdjson::SUCCESS;
        std::string_view const program = instruction["programId"];
        json.begin_object().member("programIdIndex", index(parsed ? kParsed : program));
        json.key("accounts").begin_array();
        dom::array accounts;
        if (instruction["accounts"].get(accounts) == simdjson::SUCCESS) {
            for (std::string_view const account : accounts) json.value(index(account));
        }
        json.end_array().member("data", data).key("stackHeight");
        json.raw(simdjson::to_string(instruction["stackHeight"].value())).end_object();
    }

    std::string instructions_text(dom::element list) {
        base::JsonWriter json;
        json.begin_array();
        for (dom::element const element : dom::array(list)) instruction(element, json);
        json.end_array();
        return json.text();
    }

    std::string inner_text(dom::element groups) {
        base::JsonWriter json;
        json.begin_array();
        for (dom::element const group : dom::array(groups)) {
            json.begin_object().member("index", std::uint64_t(group["index"]));
            json.key("instructions").raw(instructions_text(group["instructions"])).end_object();
        }
        json.end_array();
        return json.text();
    }

    dom::element transaction_;
    base::JsonWriter json_;
    std::map<std::string, std::uint64_t, std::less<>> indexes_;
    std::vector<std::string> keys_;
};

bool is_parsed(dom::element transaction) {
    dom::object key;
    return transaction["transaction"]["message"]["accountKeys"].at(0).get(key) == simdjson::SUCCESS;
}

// Adds the texts of the list; false when it is no list of texts.
bool add_texts(simdjson::simdjson_result<dom::element> list, std::vector<std::string>& texts) {
    dom::array array;
    if (list.get(array) != simdjson::SUCCESS) return false;
    for (dom::element const element : array) {
        if (!element.is_string()) return false;
        texts.emplace_back(std::string_view(element));
    }
    return true;
}

class Collector {
  public:
    void add(dom::element answer) {
        if (answer.is_array()) {
            for (dom::element const element : dom::array(answer)) add(element);
        } else if (dom::element result; answer["result"].get(result) == simdjson::SUCCESS) {
            add(result);
        } else {
            add_transaction(answer);
        }
    }
    [[nodiscard]] std::string const& text() const { return text_; }

  private:
    void add_transaction(dom::element transaction) {
        dom::element signature;
        if (transaction["transaction"]["signatures"].at(0).get(signature) != simdjson::SUCCESS) {
            return;  // an error, or a block
        }
        if (!seen_.insert(simdjson::to_string(signature)).second) return;
        if (!text_.empty()) text_ += ',';
        text_ += is_parsed(transaction) ? Unparser(transaction).write()
                                        : simdjson::to_string(transaction);
    }

    std::set<std::string> seen_;
    std::string text_;
};

// A block of an old node that did not know its parent's hash: what it holds is worth a look, but
// the decoder refuses what would not link.
std::string with_a_parent(std::string text) {
    auto const key = text.find("\"previousBlockhash\"");
    auto const hash = text.find("\"11111111111111111111111111111111\"", key);
    if (key != std::string::npos && hash < key + 30) text[hash + 32] = '2';
    return text;
}

}  // namespace

std::string block_answer(std::filesystem::path const& file) {
    auto text = with_a_parent(read_file(file));
    dom::parser parser;
    if (parser.parse(text)["result"].error() == simdjson::SUCCESS) return text;
    return padded(R"({"jsonrpc":"2.0","id":1,"result":)" + text + "}");
}

std::vector<std::filesystem::path> block_files(std::filesystem::path const& folder) {
    auto files = files_in(folder, "");
    std::erase_if(files, [](auto const& file) {
        auto const text = block_answer(file);
        dom::parser parser;
        return parser.parse(text)["result"]["transactions"].error() != simdjson::SUCCESS;
    });
    return files;
}

std::string transactions_as_block(std::vector<std::filesystem::path> const& files) {
    Collector transactions;
    dom::parser parser;
    for (auto const& file : files) transactions.add(parser.load(file.string()));
    return padded(fmt::format(R"({{"result":{{"blockhash":"{}","blockTime":null,"parentSlot":0,)"
                              R"("previousBlockhash":"{}","transactions":[{}]}}}})",
                              blockhash_of(1), blockhash_of(0), transactions.text()));
}

std::vector<RecordedTransaction> successful_transactions(dom::element result) {
    std::vector<RecordedTransaction> transactions;
    for (dom::element const element : dom::array(result["transactions"])) {
        RecordedTransaction transaction;
        std::vector<std::string> signatures;
        auto const message = element["transaction"]["message"];
        bool const readable = element["meta"].get(transaction.meta) == simdjson::SUCCESS &&
                              transaction.meta["err"].is_null() &&
                              add_texts(element["transaction"]["signatures"], signatures) &&
                              !signatures.empty() &&
                              add_texts(message["accountKeys"], transaction.accounts);
        if (!readable) continue;
        auto const loaded = transaction.meta["loadedAddresses"];
        add_texts(loaded["writable"], transaction.accounts);
        add_texts(loaded["readonly"], transaction.accounts);
        transaction.signature = signatures.front();
        transactions.push_back(std::move(transaction));
    }
    return transactions;
}

}  // namespace indexer::test
