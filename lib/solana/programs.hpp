#pragma once

#include <string_view>

// Addresses of Solana's programs.
namespace indexer::solana::programs {

inline constexpr std::string_view kSystem = "11111111111111111111111111111111";
inline constexpr std::string_view kToken = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";
inline constexpr std::string_view kToken2022 = "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb";
inline constexpr std::string_view kVote = "Vote111111111111111111111111111111111111111";
inline constexpr std::string_view kComputeBudget = "ComputeBudget111111111111111111111111111111";
inline constexpr std::string_view kMemo1 = "Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo";
inline constexpr std::string_view kMemo2 = "MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr";

// Built-in programs that check signatures.
inline constexpr std::string_view kEd25519 = "Ed25519SigVerify111111111111111111111111111";
inline constexpr std::string_view kSecp256k1 = "KeccakSecp256k11111111111111111111111111111";
inline constexpr std::string_view kSecp256r1 = "Secp256r1SigVerify1111111111111111111111111";

}  // namespace indexer::solana::programs
