#include "tests/damage/honesty.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include "solana/base58.hpp"

namespace indexer::damage {
namespace {

using Kind = Json::Kind;
namespace base58 = solana::base58;

Json const kNothing;

Json const& in(Json const& json, std::string_view name) {
    auto const* const part = json.member(name);
    return part == nullptr ? kNothing : *part;
}

std::size_t size(Json const& list) {
    return list.parts.size();
}

// 2^16 for what is no number of the kind that counts anything here.
std::size_t number(Json const& json) {
    bool const counts = json.kind == Kind::number && json.text.size() <= 4 &&
                        json.text.find_first_not_of("0123456789") == std::string::npos;
    return counts ? std::stoull(json.text) : 1U << 16U;
}

template <class Holds>
bool all(Json const& list, Holds holds) {
    return list.kind == Kind::array &&
           std::all_of(list.parts.begin(), list.parts.end(),
                       [&](auto const& part) { return holds(part.second); });
}

bool is_key(Json const& json) {
    return json.kind == Kind::string && base58::decode32(json.text).has_value();
}

bool is_signature(Json const& json) {
    return json.kind == Kind::string && base58::decode64(json.text).has_value();
}

// Of an enumerator.
bool is_name(Json const& json) {
    return json.kind == Kind::string && !json.text.empty() &&
           std::all_of(json.text.begin(), json.text.end(),
                       [](unsigned char c) { return std::isalnum(c) != 0; });
}

bool is_reward(Json const& reward) {
    return is_key(in(reward, "pubkey")) && in(reward, "lamports").kind == Kind::number &&
           in(reward, "postBalance").kind == Kind::number &&
           in(reward, "postBalance").text.front() != '-';
}

// A transaction and what its parts are counted by.
class Witness {
  public:
    explicit Witness(Json const& transaction)
        : meta_(in(transaction, "meta")),
          signatures_(in(in(transaction, "transaction"), "signatures")),
          message_(in(in(transaction, "transaction"), "message")),
          loaded_(in(meta_, "loadedAddresses")),
          own_(size(in(message_, "accountKeys"))),
          accounts_(own_ + size(in(loaded_, "writable")) + size(in(loaded_, "readonly"))) {}

    [[nodiscard]] std::string contradiction() const {
        if (size(signatures_) == 0 || !all(signatures_, is_signature)) return "signatures";
        auto const& header = in(message_, "header");
        if (header.kind == Kind::object &&
            number(in(header, "numRequiredSignatures")) != size(signatures_)) {
            return "number of signatures";
        }
        if (own_ == 0 || !all(in(message_, "accountKeys"), is_key)) return "account keys";
        if (!is_key(in(message_, "recentBlockhash"))) return "recent blockhash";
        if (meta_.kind != Kind::object) return "meta";
        if (in(meta_, "fee").kind != Kind::number) return "fee";
        if (!error_fits()) return "err and status";
        if (!lookups_fit()) return "loaded addresses";
        if (size(in(meta_, "preBalances")) != accounts_) return "balances before";
        if (size(in(meta_, "postBalances")) != accounts_) return "balances after";
        return calls();
    }

  private:
    [[nodiscard]] bool failed() const { return in(meta_, "err").kind != Kind::null; }

    [[nodiscard]] bool error_fits() const {
        if (meta_.member("err") == nullptr || !is_error(in(meta_, "err"))) return false;
        auto const& status = in(meta_, "status");
        if (status.member("Ok") != nullptr && failed()) return false;
        return status.member("Err") == nullptr || failed();
    }

    [[nodiscard]] bool is_error(Json const& error) const {
        if (error.kind == Kind::null || is_name(error)) return true;
        if (error.kind != Kind::object || size(error) != 1) return false;
        auto const& [name, why] = error.parts.front();
        if (name != "InstructionError") return is_name({Kind::string, name, {}});
        if (why.kind != Kind::array || size(why) != 2) return false;
        auto const& [first, second] = std::pair(why.parts[0].second, why.parts[1].second);
        if (number(first) >= size(in(message_, "instructions"))) return false;
        if (is_name(second)) return true;
        auto const* const custom = second.member("Custom");
        return size(second) == 1 && (custom == nullptr || custom->kind == Kind::number);
    }

    [[nodiscard]] bool lookups_fit() const {
        std::size_t writable = 0;
        std::size_t readonly = 0;
        for (auto const& [name, table] : in(message_, "addressTableLookups").parts) {
            writable += size(in(table, "writableIndexes"));
            readonly += size(in(table, "readonlyIndexes"));
        }
        return size(in(loaded_, "writable")) == writable &&
               size(in(loaded_, "readonly")) == readonly;
    }

    [[nodiscard]] bool call_fits(Json const& call, std::size_t programs) const {
        return number(in(call, "programIdIndex")) < programs &&
               in(call, "data").kind == Kind::string &&
               all(in(call, "accounts"),
                   [&](Json const& account) { return number(account) < accounts_; });
    }

    [[nodiscard]] std::string calls() const {
        auto const& instructions = in(message_, "instructions");
        if (!all(instructions, [&](Json const& call) { return call_fits(call, own_); })) {
            return "instructions";
        }
        auto const& units = in(meta_, "computeUnitsConsumed");
        if (size(instructions) == 0 && units.kind == Kind::number && units.text != "0") {
            return "compute units";
        }
        for (auto const& [name, group] : in(meta_, "innerInstructions").parts) {
            bool const fits = all(in(group, "instructions"),
                                  [&](Json const& call) { return call_fits(call, accounts_); });
            if (!fits || number(in(group, "index")) >= size(instructions)) {
                return "inner instructions";
            }
        }
        for (auto const* const list : {"preTokenBalances", "postTokenBalances"}) {
            for (auto const& [name, balance] : in(meta_, list).parts) {
                if (failed()) break;
                auto const& amount = in(balance, "uiTokenAmount");
                bool const fits = number(in(balance, "accountIndex")) < accounts_ &&
                                  is_key(in(balance, "mint")) &&
                                  number(in(amount, "decimals")) < 256 &&
                                  in(amount, "amount").kind == Kind::string;
                if (!fits) return list;
            }
        }
        return {};
    }

    Json const& meta_;
    Json const& signatures_;
    Json const& message_;
    Json const& loaded_;
    std::size_t own_;
    std::size_t accounts_;
};

}  // namespace

std::string dishonesty(Json const& answer) {
    auto const& result = in(answer, "result");
    if (!is_key(in(result, "blockhash"))) return "blockhash";
    if (!is_key(in(result, "previousBlockhash"))) return "previous blockhash";
    auto const& rewards = in(result, "rewards");
    if (rewards.kind != Kind::null && !all(rewards, is_reward)) return "rewards";
    std::set<std::string> signatures;
    for (auto const& [name, transaction] : in(result, "transactions").parts) {
        if (auto wrong = Witness(transaction).contradiction(); !wrong.empty()) return wrong;
        auto const& first = in(in(transaction, "transaction"), "signatures").parts.front().second;
        if (!signatures.insert(first.text).second) return "a signature that is there twice";
    }
    return {};
}

}  // namespace indexer::damage
