#include "trace.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "trace_generator.h"
#include "trace_shrinker.h"

namespace snag::model {
namespace {

TEST(TraceText, ParsesWhatItPrints) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 200; ++i) {
    const Trace trace = randomTrace({.mixedAtomicSizes = true}, random);
    const auto parsed = parse(print(trace));
    ASSERT_TRUE(parsed.has_value()) << print(trace);
    EXPECT_EQ(*parsed, trace);
  }
}

TEST(TraceText, SkipsCommentsAndBlankLines) {
  const auto trace = parse("# a story\n\n  t0 write 0x10 4   # first\n");
  ASSERT_TRUE(trace.has_value());
  EXPECT_EQ(*trace, (Trace{{.thread = 0, .kind = EventKind::Write, .address = 16, .size = 4}}));
}

TEST(TraceText, RefusesWhatIsNoEvent) {
  for (const char* line : {"t0", "x0 write 0 4", "t0 scribble 0 4", "t0 write 0x10", "t0 write 0x10 4 5",
                           "t0 load 0 4 soon", "t0 fence", "t0 create 1", "t0 write 0xzz 4"})
    EXPECT_FALSE(parse(line).has_value()) << line;
}

bool valid(const char* text) { return isValid(parse(text).value()); }

TEST(TraceValidity, ThreadsActOnlyWhileTheyLive) {
  EXPECT_TRUE(valid("t0 create t1\n t1 write 0 1\n t1 finish\n t0 join t1"));
  EXPECT_FALSE(valid("t1 write 0 1"));
  EXPECT_FALSE(valid("t0 create t1\n t1 finish\n t1 write 0 1"));
  EXPECT_FALSE(valid("t0 create t1\n t0 create t1"));
}

TEST(TraceValidity, OnlyFinishedThreadsAreJoinedAndOnlyOnce) {
  EXPECT_FALSE(valid("t0 create t1\n t0 join t1"));
  EXPECT_FALSE(valid("t0 create t1\n t1 finish\n t0 join t1\n t0 join t1"));
  EXPECT_FALSE(valid("t0 create t1\n t0 detach t1\n t1 finish\n t0 join t1"));
}

TEST(TraceValidity, LocksExclude) {
  EXPECT_TRUE(valid("t0 create t1\n t0 read_lock 8\n t1 read_lock 8\n t1 read_unlock 8\n t0 read_unlock 8"));
  EXPECT_FALSE(valid("t0 create t1\n t0 lock 8\n t1 lock 8"));
  EXPECT_FALSE(valid("t0 create t1\n t0 lock 8\n t1 read_lock 8"));
  EXPECT_FALSE(valid("t0 create t1\n t0 read_lock 8\n t1 lock 8"));
  EXPECT_FALSE(valid("t0 create t1\n t0 lock 8\n t1 unlock 8"));
  EXPECT_FALSE(valid("t0 create t1\n t1 lock 8\n t1 finish"));
}

TEST(TraceValidity, LiveBlocksDoNotOverlap) {
  EXPECT_TRUE(valid("t0 allocate 0 16\n t0 free 0 16\n t0 allocate 8 16"));
  EXPECT_FALSE(valid("t0 allocate 0 16\n t0 allocate 8 16"));
  EXPECT_FALSE(valid("t0 free 0 16"));
  EXPECT_FALSE(valid("t0 allocate 0 16\n t0 lock 8\n t0 free 0 16"));
}

TEST(RandomTrace, IsValidAndUsesEveryKindOfEvent) {
  std::mt19937_64 random(2);
  std::set<EventKind> seen;
  for (int i = 0; i < 1000; ++i) {
    const Trace trace = randomTrace({}, random);
    EXPECT_TRUE(isValid(trace)) << print(trace);
    for (const Event& event : trace) seen.insert(event.kind);
  }
  EXPECT_EQ(seen.size(), static_cast<size_t>(EventKind::IgnoreEnd) + 1);
}

TEST(Shrinker, LeavesOnlyTheEventsThatMatter) {
  std::mt19937_64 random(3);
  Trace trace = randomTrace({.minEvents = 50, .maxEvents = 60, .words = 2}, random);
  const Event last{.thread = 0, .kind = EventKind::Write, .address = 0x300, .size = 8};
  trace.push_back(last);
  const Trace small = shrink(trace, [&](const Trace& candidate) {
    return std::find(candidate.begin(), candidate.end(), last) != candidate.end();
  });
  EXPECT_EQ(small, Trace{last});
}

TEST(Shrinker, KeepsTracesValid) {
  const Trace trace = parse("t0 create t1\n t1 lock 8\n t1 write 0 4\n t1 unlock 8\n t1 finish\n t0 join t1").value();
  const Trace small = shrink(trace, [](const Trace& candidate) {
    return std::any_of(candidate.begin(), candidate.end(), [](const Event& e) { return e.kind == EventKind::Write; });
  });
  EXPECT_EQ(print(small), "t0 create t1\nt1 write 0x0 4\n");
}

}  // namespace
}  // namespace snag::model
