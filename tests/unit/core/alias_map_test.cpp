#include "core/alias_map.h"

#include <gtest/gtest.h>

namespace snag {
namespace {

TEST(AliasMap, AnAddressStandsForItselfUnlessItIsASecondOne) {
  AliasMap map;
  EXPECT_EQ(map.canonical(0x5000), 0x5000u);
  map.add(0x5000, 0x100, 0x9000);
  EXPECT_EQ(map.canonical(0x5000), 0x9000u);
  EXPECT_EQ(map.canonical(0x50ff), 0x90ffu);
  EXPECT_EQ(map.canonical(0x5100), 0x5100u);
  EXPECT_EQ(map.canonical(0x9010), 0x9010u);
}

TEST(AliasMap, AThirdAddressStandsForTheFirst) {
  AliasMap map;
  map.add(0x5000, 0x100, 0x9000);
  map.add(0x7000, 0x100, 0x5000);
  EXPECT_EQ(map.canonical(0x7010), 0x9010u);
}

TEST(AliasMap, ForgetsWhenEitherSideIsUnmapped) {
  AliasMap map;
  map.add(0x5000, 0x100, 0x9000);
  map.remove(0x6000, 0x100);
  EXPECT_EQ(map.canonical(0x5000), 0x9000u);
  map.remove(0x9080, 0x10);
  EXPECT_EQ(map.canonical(0x5000), 0x5000u);
  map.add(0x5000, 0x100, 0x9000);
  map.remove(0x5000, 0x100);
  EXPECT_EQ(map.canonical(0x5000), 0x5000u);
}

}  // namespace
}  // namespace snag
