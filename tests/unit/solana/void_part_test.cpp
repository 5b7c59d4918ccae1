#include "solana/void_part.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "solana/eras.hpp"

namespace indexer::solana {
namespace {

// The first slot of a leader's window behind the switch.
constexpr base::Seq kSlot(459'653'000);

// A letter a transaction, a capital one where it was executed.
std::vector<Listed> listed(std::string const& letters) {
    constexpr std::string_view kNames = "abcdefgh";
    std::vector<Listed> all;
    for (char const letter : letters) {
        bool const executed = letter < 'a';
        auto const at = static_cast<std::size_t>(letter - (executed ? 'A' : 'a'));
        all.push_back({kNames.substr(at, 1), executed});
    }
    return all;
}

std::optional<std::size_t> void_part_of(std::string const& letters, base::Seq slot = kSlot) {
    return void_part(slot, listed(letters));
}

TEST(VoidPart, IsWhatIsThereAgainBehindIt) {
    EXPECT_EQ(void_part_of("ABABCD"), 2U);
    EXPECT_EQ(void_part_of("ABBAC"), 2U);
    EXPECT_EQ(void_part_of("AA"), 1U);
}

TEST(VoidPart, HoldsWhatWasNotExecuted) {
    EXPECT_EQ(void_part_of("abABCD"), 2U);
    EXPECT_EQ(void_part_of("abcACD"), 3U);
    EXPECT_EQ(void_part_of("abCAD"), 2U);
    EXPECT_EQ(void_part_of("AbcACD"), 3U);
}

TEST(VoidPart, IsNotToldWhereATransactionWouldBeLost) {
    EXPECT_FALSE(void_part_of("ABACD")) << "B may be void, or not";
    EXPECT_FALSE(void_part_of("ABCABD")) << "C may be void, or not";
    EXPECT_FALSE(void_part_of("ABCDD")) << "all but the last may be void, or none";
    EXPECT_FALSE(void_part_of("ABAcD"));
    EXPECT_FALSE(void_part_of("AABA")) << "three times";
    EXPECT_FALSE(void_part_of("AABCABC")) << "twice in one part";
}

TEST(VoidPart, IsNotToldByMissingMetadataAlone) {
    EXPECT_FALSE(void_part_of("abCD"));
    EXPECT_FALSE(void_part_of("ABCD"));
}

TEST(VoidPart, IsNotToldWhereATransactionCouldNotBeRead) {
    auto transactions = listed("AAB");
    transactions.push_back({});
    EXPECT_FALSE(void_part(kSlot, transactions));
}

TEST(VoidPart, IsOnlyWhereALeaderMayUpdateTheParent) {
    EXPECT_FALSE(void_part_of("AA", base::Seq(kSlot.value() + 1)));
    EXPECT_FALSE(void_part_of("AA", base::Seq(kSlot.value() - 4)));
    EXPECT_EQ(void_part_of("AA", base::Seq(kSlot.value() + 4)), 1U);
    EXPECT_EQ(eras::kLastOfTower.next(), kSlot);
}

TEST(FirstRepeated, NamesBothPositionsOfTheFirstSignatureThatIsThereTwice) {
    EXPECT_FALSE(first_repeated(listed("ABCD")));
    auto const repeated = first_repeated(listed("ABCDCB"));
    ASSERT_TRUE(repeated);
    EXPECT_EQ(repeated->earlier, 2U);
    EXPECT_EQ(repeated->later, 4U);
}

TEST(FirstRepeated, ComparesWholeSignatures) {
    std::vector<Listed> const transactions{
        {"12345678A", true}, {"12345678B", true}, {{}, false}, {{}, false}, {"1234567", true}};
    EXPECT_FALSE(first_repeated(transactions));
}

}  // namespace
}  // namespace indexer::solana
