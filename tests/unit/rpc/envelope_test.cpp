#include "rpc/envelope.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/error.hpp"

namespace indexer::rpc {
namespace {

std::variant<ResultSpan, ErrorObject> read(std::string body) {
    body.reserve(body.size() + simdjson::SIMDJSON_PADDING);
    simdjson::ondemand::parser parser;
    return read_answer(parser, body, 7);
}

std::string result_in(std::string const& body) {
    auto const span = std::get<ResultSpan>(read(body));
    return body.substr(span.offset, span.size);
}

std::string failure_of(std::string const& body) {
    try {
        (void)read(body);
    } catch (base::Error const& error) {
        EXPECT_EQ(error.recovery(), base::Recovery::retry_elsewhere);
        return error.what();
    }
    return "none";
}

TEST(Envelope, WritesARequest) {
    EXPECT_EQ(request(7, "getBlock", "[5]"),
              R"({"jsonrpc":"2.0","id":7,"method":"getBlock","params":[5]})");
}

TEST(Envelope, FindsTheResultWhateverItsKindAndPlace) {
    EXPECT_EQ(result_in(R"({"jsonrpc":"2.0","result":{"a":[1]} ,"id":7})"), R"({"a":[1]})");
    EXPECT_EQ(result_in(R"({"id":7,"result":[],"jsonrpc":"2.0"})"), "[]");
    EXPECT_EQ(result_in(R"({"id":"7","jsonrpc":"2.0","result":"text"})"), R"("text")");
    EXPECT_EQ(result_in(R"({"id":7,"jsonrpc":"2.0","error":null,"result":12 })"), "12");
    EXPECT_EQ(result_in(R"({"id":7,"jsonrpc":"2.0","result":null})"), "null");
}

TEST(Envelope, ReadsAnErrorEvenWithoutId) {
    auto const error = std::get<ErrorObject>(
        read(R"({"jsonrpc":"2.0","error":{"code":-32005,"message":"behind"},"id":null})"));
    EXPECT_EQ(error.code, -32005);
    EXPECT_EQ(error.message, "behind");
    EXPECT_EQ(std::get<ErrorObject>(read(R"({"error":{"code":429}})")).code, 429);
    EXPECT_EQ(
        std::get<ErrorObject>(read(R"({"jsonrpc":"2.0","result":null,"error":{"code":1},"id":7})"))
            .code,
        1);
}

std::string error_in(std::string const& body) {
    return std::get<ErrorObject>(read(body)).text();
}

TEST(Envelope, ReadsAnErrorInWhateverForm) {
    EXPECT_EQ(error_in(R"({"jsonrpc":"2.0","id":7,"error":"monthly quota exhausted"})"),
              "error: monthly quota exhausted");
    EXPECT_EQ(error_in(R"({"error":{"code":"-32005","message":"too fast"}})"),
              "error -32005: too fast");
    EXPECT_EQ(error_in(R"({"error":{"code":"RATE_LIMITED","message":"too fast"}})"),
              "error: RATE_LIMITED: too fast");
    EXPECT_EQ(error_in(R"({"error":{"message":"too fast","code":"RATE_LIMITED"}})"),
              "error: RATE_LIMITED: too fast");
    EXPECT_EQ(error_in(R"({"code":-32005,"message":"Too Many Requests","data":{"see":"x"}})"),
              "error -32005: Too Many Requests");
    EXPECT_EQ(error_in(R"({"message":"API rate limit exceeded"})"),
              "error: API rate limit exceeded");
    EXPECT_EQ(error_in(R"({"error":{"code":1.5,"message":["a"]}})"), "error: 1.5: [\"a\"]");
    EXPECT_EQ(error_in(R"({"jsonrpc":2.0,"error":true})"), "error: true");
}

TEST(Envelope, RepeatsTheWordsOfWhatIsNoAnswer) {
    EXPECT_EQ(words_of(" max usage reached\n"), "max usage reached");
    EXPECT_EQ(words_of("<html>max usage reached</html>"), "");
    EXPECT_EQ(words_of(std::string(301, 'a')), "");
    EXPECT_EQ(words_of(""), "");
}

TEST(Envelope, RefusesWhatIsNoAnswerToTheRequest) {
    EXPECT_EQ(failure_of(""), "empty answer");
    EXPECT_EQ(failure_of(" \n"), "empty answer");
    EXPECT_EQ(failure_of("<html></html>"), "answer is HTML, not JSON");
    EXPECT_EQ(failure_of("Too many requests"), "answer is not a JSON-RPC object");
    EXPECT_EQ(failure_of(R"([{"jsonrpc":"2.0","result":1,"id":7}])"),
              "answer is not a JSON-RPC object");
    EXPECT_EQ(failure_of(R"({"jsonrpc":"2.0","result":1,"id":8})"), "answer to another request");
    EXPECT_EQ(failure_of(R"({"jsonrpc":"2.0","result":1})"), "answer to another request");
    EXPECT_EQ(failure_of(R"({"jsonrpc":"2.0","result":1,"id":7.5})"), "answer to another request");
    EXPECT_EQ(failure_of(R"({"result":1,"id":7})"), "answer is not JSON-RPC 2.0");
    EXPECT_EQ(failure_of(R"({"jsonrpc":"2.0","id":7})"), "answer has neither result nor error");
    EXPECT_EQ(failure_of(R"({"jsonrpc":"2.0","result":1,"error":{"code":1},"id":7})"),
              "answer has both a result and an error");
}

std::string long_result() {
    std::string result = R"({"a":[)";
    while (result.size() < 20'000) result += R"({"b":"}]}"},)";
    return result + "{}]}";
}

TEST(Envelope, FindsALongResult) {
    auto const result = long_result();
    for (auto const* const id : {"7", R"("7")"}) {
        auto const last = fmt::format(R"({{"jsonrpc":"2.0","result":{},"id":{}}})", result, id);
        EXPECT_EQ(result_in(last), result);
        auto const first = fmt::format(R"({{"id":{},"jsonrpc":"2.0","result":{}}})", id, result);
        EXPECT_EQ(result_in(first + "\n"), result);
    }
}

TEST(Envelope, RefusesALongAnswerLikeAShortOne) {
    auto const result = R"("result":)" + long_result();
    EXPECT_EQ(failure_of(R"({"jsonrpc":"2.0",)" + result + R"(,"id":8})"),
              "answer to another request");
    EXPECT_EQ(failure_of("{" + result + R"(,"id":7})"), "answer is not JSON-RPC 2.0");
    EXPECT_EQ(failure_of(R"({"jsonrpc":"2.0","error":{"code":1},)" + result + R"(,"id":7})"),
              "answer has both a result and an error");
    EXPECT_EQ(failure_of(R"({"jsonrpc":"2.0","x":{)" + result + R"(},"id":7})"),
              "answer has neither result nor error");
}

TEST(Envelope, RefusesALongAnswerThatWasCut) {
    auto const whole = R"({"jsonrpc":"2.0","result":)" + long_result() + R"(,"id":7})";
    for (std::size_t cut = 1; cut < 5'000; ++cut) {
        ASSERT_EQ(failure_of(whole.substr(0, whole.size() - cut)),
                  "answer is broken or truncated JSON")
            << cut;
    }
}

TEST(Envelope, RefusesAnAnswerCutAnywhere) {
    std::string const whole =
        R"({"jsonrpc":"2.0","result":{"a":[{"b":"}"},{"c":{}}],"d":"]"},"id":7})";
    ASSERT_EQ(failure_of(whole), "none");
    for (std::size_t size = 1; size < whole.size(); ++size) {
        EXPECT_EQ(failure_of(whole.substr(0, size)), "answer is broken or truncated JSON") << size;
    }
}

}  // namespace
}  // namespace indexer::rpc
