#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "solana/transaction.hpp"

// A transaction as bytes that fuzzers can change piece by piece without losing its form. Any bytes
// mean some transaction; where they end early the rest is left out. In the order of the bytes:
//
//   u8 count, then so many accounts        32 bytes each: an address
//   u8 count, then so many token balances  u8 account, u8 mint's and u8 owner's account, u64 amount
//                                          before and after, u8 decimals
//   until the end, each behind its u8 kind:
//     a call      kind: bits 0-3 the program, of kPrograms; bits 4-6 the height, 1 is top-level
//                 u8 count, then so many u8 accounts; u16 size, then so many bytes of data
//     a log line  kind: bit 7 is set. u16 size, then so many bytes of text
//
// Integers are little-endian.
namespace indexer::fuzz {

// Reads them. A view into the object, which stays where it is.
class Calls {
  public:
    // Programs other than `address` and those that everybody calls become unknown ones; all keep
    // their decoders when it is empty.
    Calls(std::string_view bytes, std::string_view address);
    Calls(Calls const&) = delete;
    Calls& operator=(Calls const&) = delete;

    [[nodiscard]] solana::Transaction const& transaction() const noexcept { return transaction_; }

  private:
    class Input;
    void read_accounts(Input& in);
    void read_balances(Input& in);
    void read_call(Input& in, std::uint8_t kind);
    static void read_log(Input& in, std::string& lines);
    std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }
    std::uint8_t account(std::string_view address);

    std::string_view address_;
    solana::Transaction transaction_;
    std::deque<std::string> texts_;
};

// Writes them, for the seeds.
[[nodiscard]] std::string write_calls(solana::Transaction const& transaction);

// Whether the transaction calls the program.
[[nodiscard]] bool calls_program(solana::Transaction const& transaction, std::string_view address);

}  // namespace indexer::fuzz
