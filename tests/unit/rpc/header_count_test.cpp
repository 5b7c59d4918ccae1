#include "rpc/header_count.hpp"

#include <string>

#include <gtest/gtest.h>

namespace indexer::rpc {
namespace {

TEST(HeaderCount, AllowsWhatServersSend) {
    HeaderCount count;
    EXPECT_TRUE(count.add("HTTP/1.1 103 Early Hints\r\n"));
    EXPECT_TRUE(count.add("HTTP/1.1 200 OK\r\n"));
    for (int i = 0; i < 100; ++i) EXPECT_TRUE(count.add("X-Header: " + std::string(200, 'a')));
}

TEST(HeaderCount, EndsAFloodOfLines) {
    HeaderCount count;
    int lines = 0;
    while (count.add("a:\r\n")) ++lines;
    EXPECT_LT(lines, 2'000);
}

TEST(HeaderCount, EndsALongLine) {
    HeaderCount count;
    EXPECT_FALSE(count.add(std::string(200'000, 'a')));
}

TEST(HeaderCount, EndsAFloodOfInterimAnswers) {
    HeaderCount count;
    int answers = 0;
    while (count.add("HTTP/1.1 102 Processing\r\n")) ++answers;
    EXPECT_EQ(answers, 10);
}

}  // namespace
}  // namespace indexer::rpc
