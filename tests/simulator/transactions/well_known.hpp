#pragma once

#include "tests/simulator/encoding/base58.hpp"
#include "tests/simulator/transactions/transaction.hpp"

// Addresses of mainnet.
namespace indexer::simulator::well_known {

inline constexpr Key kSystem = key("11111111111111111111111111111111");
inline constexpr Key kToken = key("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA");
inline constexpr Key kToken2022 = key("TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb");
inline constexpr Key kAssociatedToken = key("ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL");
inline constexpr Key kComputeBudget = key("ComputeBudget111111111111111111111111111111");
inline constexpr Key kVote = key("Vote111111111111111111111111111111111111111");
inline constexpr Key kMemo = key("MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr");
inline constexpr Key kRaydiumV4 = key("675kPX9MHTjS2zt1qfr1NYHuzeLXfQM9H24wFSUt1Mp8");
inline constexpr Key kRaydiumV4Authority = key("5Q544fKrFoe6tsEbD7S8EmxGTJYAKtTVhAW5Q5pge4j1");
inline constexpr Key kRaydiumClmm = key("CAMMCzo5YL8w4VFF8KVHrK22GGUsp5VTaW7grrKgrWqK");
inline constexpr Key kRaydiumCpmm = key("CPMMoo8L3F4NbTegBCKVNunggL7H1ZpdTHKxQB5qKP1C");
inline constexpr Key kRaydiumCpmmAuthority = key("GpMZbSM2GgvTKHJirzeGfMFoaZ8UR2X7F4v8vHTvxFbL");
inline constexpr Key kSerum = key("srmqPvymJeFKQ4zGQed1GFppgkRHL9kaELCbyksJtPX");
inline constexpr Key kJupiter = key("JUP6LkbZbjS1jKKwapdHNy74zcZ3tLUZoi5QNyVTaV4");
inline constexpr Key kJupiterEvents = key("D8cy77BBepLMngZx6ZukaTff5hCt1HrWyKk3Hnd9oitf");
inline constexpr Key kPumpFun = key("6EF8rrecthR5Dkzon8Nwu78hRvfCKubJ14M5uBEwF6P");
inline constexpr Key kPumpFunGlobal = key("4wTV1YmiEkRvAtNtsSGPtUrqRYQMe5SKy2uB4Jjaxnjf");
inline constexpr Key kPumpFunFees = key("62qc2CNXwrYqQScmEdiZFFAnJR262PxWEuNQtxfafNgV");
inline constexpr Key kPumpFunEvents = key("Ce6TQqeHC9p8KetsN6JsjHK7UTZk7nasjjnr7XxXp9F1");
inline constexpr Key kPumpSwap = key("pAMMBay6oceH9fJKBRHGP5D4bD4sWpmSwMn52FMfXEA");
inline constexpr Key kPumpSwapGlobal = key("ADyA8hdefvWN2dbGGWFotbzWxrAvLW83WG6QCVXvJKqw");
inline constexpr Key kPumpSwapEvents = key("GS4CU59F31iL7aR2Q8zVS8DRrcRnXX1yjQ66TqNVQnaR");
inline constexpr Key kRent = key("SysvarRent111111111111111111111111111111111");

inline constexpr Mint kWrappedSol{
    .key = key("So11111111111111111111111111111111111111112"), .program = kToken, .decimals = 9};
inline constexpr Mint kUsdc{
    .key = key("EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"), .program = kToken, .decimals = 6};

// What an account of this many bytes must hold to exist, in lamports.
inline constexpr std::uint64_t kTokenAccountRent = 2'039'280;  // 165 bytes
inline constexpr std::uint64_t kProgramLamports = 1'141'440;   // 36 bytes
inline constexpr std::uint64_t kMintLamports = 1'461'600;      // 82 bytes

}  // namespace indexer::simulator::well_known
