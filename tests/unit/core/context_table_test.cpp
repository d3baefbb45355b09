#include "core/context_table.h"

#include <gtest/gtest.h>

#include <memory>

namespace snag {
namespace {

struct ContextTableTest : ::testing::Test {
  std::unique_ptr<ContextTable> table = std::make_unique<ContextTable>();
  SnagSite siteA{}, siteB{};
};

TEST_F(ContextTableTest, SamePairIsTheSameContext) {
  const ContextId first = table->idFor({&siteA, 5, 0x10, 0});
  EXPECT_NE(first, kNoContext);
  EXPECT_EQ(table->idFor({&siteA, 5, 0x99, 0}), first) << "the stack is walked once";
  EXPECT_EQ(table->entry(first).stack->frames[0], 0x10u);
}

TEST_F(ContextTableTest, OtherSiteOrOtherCallerIsAnotherContext) {
  const ContextId first = table->idFor({&siteA, 5, 0x10, 0});
  EXPECT_NE(table->idFor({&siteB, 5, 0x10, 0}), first);
  EXPECT_NE(table->idFor({&siteA, 6, 0x10, 0}), first);
}

TEST_F(ContextTableTest, EqualStacksAreStoredOnce) {
  const ContextId first = table->idFor({&siteA, 1, 0x10, 0}), second = table->idFor({&siteB, 2, 0x10, 0});
  EXPECT_EQ(table->entry(first).stack, table->entry(second).stack);
  EXPECT_NE(table->entry(first).stack, table->entry(table->idFor({&siteB, 3, 0x20, 0})).stack);
}

TEST_F(ContextTableTest, ManyContextsStayApart) {
  for (uint64_t i = 1; i <= 100'000; ++i) table->idFor({&siteA, i, 0x1000 + i, 0});
  for (uint64_t i = 1; i <= 100'000; i += 997) {
    const ContextEntry& entry = table->entry(table->idFor({&siteA, i, 0, 0}));
    ASSERT_EQ(entry.context, i);
    ASSERT_EQ(entry.stack->frames[0], 0x1000 + i);
  }
}

}  // namespace
}  // namespace snag
