#include "core/lock_steps.h"

#include <gtest/gtest.h>

namespace snag {
namespace {

constexpr ContextId kHere{1}, kThere{2};
constexpr LockSetId kHeld{1}, kOthers{2};

TEST(LockSteps, RemembersAStep) {
  LockSteps steps;
  steps.of(8, LockMode::Write, kHeld, kHere).with = LockSetId{5};
  EXPECT_EQ(steps.of(8, LockMode::Write, kHeld, kHere).with, LockSetId{5});
}

TEST(LockSteps, TellsApartWhatDiffersInOneThing) {
  LockSteps steps;
  steps.of(8, LockMode::Write, kHeld, kHere).with = LockSetId{5};
  EXPECT_EQ(steps.of(16, LockMode::Write, kHeld, kHere).with, kNoLocks);
  EXPECT_EQ(steps.of(8, LockMode::Read, kHeld, kHere).with, kNoLocks);
  EXPECT_EQ(steps.of(8, LockMode::Write, kOthers, kHere).with, kNoLocks);
  EXPECT_EQ(steps.of(8, LockMode::Write, kHeld, kThere).with, kNoLocks);
}

TEST(LockSteps, AStepIsAskedForOnce) {
  LockSteps steps;
  EXPECT_FALSE(steps.of(8, LockMode::Write, kHeld, kHere).askedBefore(0));
  EXPECT_TRUE(steps.of(8, LockMode::Write, kHeld, kHere).askedBefore(0));
  EXPECT_FALSE(steps.of(8, LockMode::Write, kHeld, kThere).askedBefore(0));
}

TEST(LockSteps, LaterItIsAskedForAgain) {
  LockSteps steps;
  steps.of(8, LockMode::Write, kHeld, kHere).askedBefore(0);
  EXPECT_FALSE(steps.of(8, LockMode::Write, kHeld, kHere).askedBefore(1));
  EXPECT_TRUE(steps.of(8, LockMode::Write, kHeld, kHere).askedBefore(1));
}

uint32_t remembered(LockSteps& steps, uint32_t count) {
  uint32_t right = 0;
  for (uint32_t i = 1; i <= count; ++i) {
    const LockSetId with = steps.of(i * 40, LockMode::Write, LockSetId{i % 7 + 1}, kHere).with;
    EXPECT_TRUE(with == kNoLocks || with == LockSetId{i}) << i;
    right += with == LockSetId{i} ? 1 : 0;
  }
  return right;
}

void add(LockSteps& steps, uint32_t count) {
  for (uint32_t i = 1; i <= count; ++i)
    steps.of(i * 40, LockMode::Write, LockSetId{i % 7 + 1}, kHere).with = LockSetId{i};
}

TEST(LockSteps, GrowsWithTheNumberOfSteps) {
  LockSteps steps;
  for (int round = 0; round < 100; ++round) add(steps, 2000);
  EXPECT_GT(remembered(steps, 2000), 1500u);
}

TEST(LockSteps, ForgetsRatherThanConfusesSteps) {
  LockSteps steps;
  for (int round = 0; round < 2; ++round) add(steps, 100'000);
  EXPECT_LT(remembered(steps, 100'000), 50'000u);
}

}  // namespace
}  // namespace snag
