// The layout's promises hold for every address, so the compiler can check them on any host.
#include "core/address_layout.h"

#include <gtest/gtest.h>

#include <iterator>
#include <utility>

namespace snag {
namespace {

constexpr AddressLayout kLayouts[] = {kLinuxX86_64};

constexpr bool shadowsMissPrograms(const AddressLayout& layout) {
  for (size_t i = 0; i < layout.ranges; ++i)
    for (size_t j = 0; j < layout.ranges; ++j)
      if (layout.shadowRange(i).overlaps(layout.program[j])) return false;
  return true;
}

constexpr bool shadowedAddressesAgree(const AddressLayout& layout) {
  const ShadowedAddresses shadowed(layout);
  if (!shadowed.isWhole()) return false;
  for (size_t i = 0; i < layout.ranges; ++i)
    for (const uintptr_t bound : {layout.program[i].start, layout.program[i].end})
      for (const uintptr_t address : {bound - 1, bound, bound + 1})
        if (shadowed.contains(address) != layout.hasShadow(address)) return false;
  return true;
}

constexpr bool rangesAreDisjoint(const AddressLayout& layout) {
  for (size_t i = 0; i < layout.ranges; ++i)
    for (size_t j = 0; j < i; ++j)
      if (layout.program[i].overlaps(layout.program[j]) || layout.shadowRange(i).overlaps(layout.shadowRange(j)))
        return false;
  return true;
}

// The image of a range has its size, starts and ends where the ends' images are, and both lie in the lower half.
constexpr bool imagesAreExact(const AddressLayout& layout) {
  for (size_t i = 0; i < layout.ranges; ++i) {
    const AddressRange program = layout.program[i], shadow = layout.shadowRange(i);
    if (shadow.end - shadow.start != program.end - program.start) return false;
    if (shadow.end > 0x8000'0000'0000 || program.end > 0x8000'0000'0000) return false;
    for (const uintptr_t step : {0x0ull, 0x1000ull, 0x1234'5678ull, 0x00ff'ffff'f000ull, 0x0555'0000'0000ull - 8})
      if (program.contains(program.start + step) && !shadow.contains(layout.shadowOf(program.start + step)))
        return false;
    if (!shadow.contains(layout.shadowOf(program.end - 1))) return false;
  }
  return true;
}

template <size_t... I>
constexpr bool allOf(std::index_sequence<I...>) {
  return ((shadowsMissPrograms(kLayouts[I]) && rangesAreDisjoint(kLayouts[I]) && imagesAreExact(kLayouts[I]) &&
           shadowedAddressesAgree(kLayouts[I])) &&
          ...);
}
static_assert(allOf(std::make_index_sequence<std::size(kLayouts)>{}));

TEST(AddressLayout, ShadowNeverLiesWhereAProgramDoes) {
  for (const AddressLayout& layout : kLayouts) {
    EXPECT_TRUE(shadowsMissPrograms(layout));
    EXPECT_TRUE(rangesAreDisjoint(layout));
    EXPECT_TRUE(shadowedAddressesAgree(layout));
    EXPECT_TRUE(imagesAreExact(layout));
  }
}

TEST(AddressLayout, EightBytesShareAShadowWordAndTheNextEightDoNot) {
  for (const uintptr_t address : {0x40'1000ull, 0x5555'5555'4000ull, 0x6fff'ffff'f000ull, 0x7fff'ffff'e000ull}) {
    for (uintptr_t byte = 0; byte < 8; ++byte)
      EXPECT_EQ(kLinuxX86_64.shadowOf(address + byte), kLinuxX86_64.shadowOf(address));
    EXPECT_NE(kLinuxX86_64.shadowOf(address + 8), kLinuxX86_64.shadowOf(address));
  }
}

TEST(AddressLayout, ShadowTellsWhoseItIs) {
  for (const uintptr_t address : {0x40'1000ull, 0x5555'5555'4000ull, 0x6fff'ffff'f000ull, 0x7fff'ffff'e000ull}) {
    EXPECT_TRUE(kLinuxX86_64.hasShadow(address));
    EXPECT_EQ(kLinuxX86_64.addressOf(kLinuxX86_64.shadowOf(address)), address);
    EXPECT_FALSE(kLinuxX86_64.hasShadow(kLinuxX86_64.shadowOf(address)));
  }
}

TEST(AddressLayout, PlacesWhereLinuxPutsProgramsHaveAShadow) {
  // The first and last pages of non-PIE, PIE (28 and 32 random bits), mmap and stack.
  for (const uintptr_t address : {0x40'0000ull, 0x5555'5555'4000ull, 0x6554'ffff'f000ull, 0x7000'0000'0000ull,
                                  0x7ef0'0000'0000ull, 0x7fff'ffff'f000ull})
    EXPECT_TRUE(kLinuxX86_64.hasShadow(address)) << std::hex << address;
}

TEST(AddressLayout, KernelAndVsyscallAddressesHaveNone) {
  for (const uintptr_t address : {0x8000'0000'0000ull, 0xffff'ffff'ff60'0000ull, 0x2000'0000'0000ull})
    EXPECT_FALSE(kLinuxX86_64.hasShadow(address)) << std::hex << address;
}

}  // namespace
}  // namespace snag
