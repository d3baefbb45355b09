#include "core/context_cache.h"

#include <gtest/gtest.h>

namespace snag {
namespace {

// As code that meets a place asks: first here, then again, then the table.
ContextId lookUp(ContextCache& cache, uint64_t context) {
  const ContextId id = cache.find(nullptr, context).id;
  return id != kNoContext ? id : cache.findAgain(nullptr, context).id;
}

TEST(ContextCache, KnowsNothingAtFirst) {
  ContextCache cache;
  EXPECT_EQ(lookUp(cache, 1), kNoContext);
}

// A site whose places in the cache are not those of no site: the cache goes by its address.
struct alignas(4096) PlacedSite {
  char before[512];
  SnagSite site;
};

TEST(ContextCache, TellsSitesAndContextsApart) {
  ContextCache cache;
  static const PlacedSite placed{};
  const SnagSite& site = placed.site;
  cache.remember(nullptr, 1, ContextId{5});
  cache.remember(&site, 1, ContextId{6});
  EXPECT_EQ(lookUp(cache, 1), ContextId{5});
  EXPECT_EQ(lookUp(cache, 2), kNoContext);
  EXPECT_EQ(cache.find(&site, 1).id, ContextId{6});
}

TEST(ContextCache, NeverGivesTheAnswerOfAnother) {
  ContextCache cache;
  uint32_t known = 0;
  for (int round = 0; round < 2; ++round)
    for (uint32_t i = 1; i <= 2000; ++i) {
      const ContextId id = lookUp(cache, i);
      EXPECT_TRUE(id == kNoContext || id == ContextId{i});
      known += id != kNoContext ? 1 : 0;
      if (id == kNoContext) cache.remember(nullptr, i, ContextId{i});
    }
  EXPECT_LT(known, 2000u);
}

// Pairs of places that share their first place.
uint64_t contextOf(uint32_t i) { return i / 2 + (i % 2) * 4096; }

TEST(ContextCache, AnAnswerThatMadeRoomIsFoundAgain) {
  ContextCache cache;
  for (uint32_t i = 1; i <= 200; ++i) cache.remember(nullptr, contextOf(i), ContextId{i});
  uint32_t atOnce = 0, again = 0;
  for (uint32_t i = 1; i <= 200; ++i) {
    if (cache.find(nullptr, contextOf(i)).id != kNoContext)
      ++atOnce;
    else if (const ContextId id = cache.findAgain(nullptr, contextOf(i)).id; id != kNoContext) {
      ++again;
      EXPECT_EQ(id, ContextId{i});
      EXPECT_EQ(cache.find(nullptr, contextOf(i)).id, id);  // now at once
    }
  }
  EXPECT_GT(again, 90u);
  EXPECT_EQ(atOnce + again, 200u);
}

}  // namespace
}  // namespace snag
