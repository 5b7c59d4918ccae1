#include "cli/descriptors.hpp"

#include <algorithm>

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "base/descriptor_limit.hpp"

namespace indexer::cli {
namespace {

TEST(Descriptors, GrowWithEveryConnectionThatMayBeOpen) {
    config::Options options;
    options.pipeline.concurrency = 400;
    auto const one = descriptors_of(options);
    EXPECT_GT(one, 1'200U);
    options.rpc.endpoints.emplace_back("http://a");
    options.rpc.endpoints.emplace_back("http://b");
    EXPECT_EQ(descriptors_of(options), one + 3 * 400);
    options.observe.listen = "127.0.0.1:0";
    EXPECT_GT(descriptors_of(options), one + 3 * 400);
}

TEST(Descriptors, AreMadeRoomForAsFarAsTheSystemAllows) {
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
    rlimit const low{64, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &low), 0);
    EXPECT_EQ(base::make_room_for_descriptors(60), 64U);  // never lowered
    EXPECT_EQ(base::make_room_for_descriptors(100), std::min<rlim_t>(100, before.rlim_max));
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
}

}  // namespace
}  // namespace indexer::cli
