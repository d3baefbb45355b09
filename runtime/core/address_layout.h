// Where the shadow of an address is.
//
// An XOR and an offset map an application address to its shadow word: shadow(a) = ((a ^ shadowXor) & ~7) + offset. That
// is a bijection, takes one instruction (the offset is part of the access), and needs no table, so any ASLR setting
// works as long as the images of the places where the kernel puts programs fall into holes where it puts nothing:
//
//   program                                   shadow (xor 0x5000'0000'0000, and 1 MB on)
//   0x0000'0000'0000 – 0x0554'fff0'0000        0x5000'0010'0000 – 0x5555'0000'0000   non-PIE program and its heap
//   0x5555'0000'0000 – 0x6000'0000'0000        0x0555'0010'0000 – 0x1000'0010'0000   PIE program, heap
//   0x6000'0000'0000 – 0x7000'0000'0000        0x3000'0010'0000 – 0x4000'0010'0000   the same at 32 random bits
//   0x7000'0000'0000 – 0x8000'0000'0000        0x2000'0010'0000 – 0x3000'0010'0000   mmap, libraries, stacks
//
// The offset is for AMD's processors. They tell the ways of a cache set apart by a hash of bits 12 to 27 of the address
// (Lipp et al., Take A Way, AsiaCCS 2020): without it an address and its shadow word look the same to them, and each
// access to one drives the other out of the first-level cache.
#ifndef SNAG_CORE_ADDRESS_LAYOUT_H
#define SNAG_CORE_ADDRESS_LAYOUT_H

#include "core/types.h"

namespace snag {

struct AddressRange {
  uintptr_t start;
  uintptr_t end;  // exclusive

  constexpr size_t size() const { return end - start; }
  constexpr bool contains(uintptr_t address) const { return start <= address && address < end; }
  constexpr bool overlaps(AddressRange other) const { return start < other.end && other.start < end; }
};

struct AddressLayout {
  uintptr_t shadowXor, shadowOffset;  // the offset: whole pages
  AddressRange program[4];  // where programs live; the rest has no shadow
  size_t ranges;            // how many of them are used

  constexpr uintptr_t shadowOf(uintptr_t address) const {
    return ((address ^ shadowXor) & ~uintptr_t{7}) + shadowOffset;
  }
  // Of the word that this is the shadow of.
  constexpr uintptr_t addressOf(uintptr_t shadow) const { return (shadow - shadowOffset) ^ shadowXor; }

  constexpr bool hasShadow(uintptr_t address) const {
    for (size_t i = 0; i < ranges; ++i)
      if (program[i].contains(address)) return true;
    return false;
  }

  // The image of one of the program ranges. Exact because their bounds are aligned beyond the bits that the XOR flips
  // within a range.
  constexpr AddressRange shadowRange(size_t i) const {
    const uintptr_t a = program[i].start ^ shadowXor, b = (program[i].end - 1) ^ shadowXor;
    return a < b ? AddressRange{a + shadowOffset, b + shadowOffset + 1}
                 : AddressRange{b + shadowOffset, a + shadowOffset + 1};
  }
};

// The same question, quicker: neighbouring ranges of a layout in one, at most two of them.
class ShadowedAddresses {
 public:
  constexpr explicit ShadowedAddresses(const AddressLayout& layout) {
    size_t used = 0;
    for (size_t i = 0; i < layout.ranges; ++i) {
      const AddressRange& range = layout.program[i];
      if (used != 0 && parts_[used - 1].start + parts_[used - 1].size == range.start)
        parts_[used - 1].size += range.end - range.start;
      else if (used < kMost)
        parts_[used++] = {range.start, range.end - range.start};
      else
        isWhole_ = false;
    }
  }
  // False if the layout has more holes than this class can tell.
  constexpr bool isWhole() const { return isWhole_; }
  constexpr bool contains(uintptr_t address) const {
    return address - parts_[1].start < parts_[1].size || address - parts_[0].start < parts_[0].size;
  }

 private:
  static constexpr size_t kMost = 2;
  struct Part {
    uintptr_t start = 0;
    size_t size = 0;
  };
  Part parts_[kMost];
  bool isWhole_ = true;
};

inline constexpr AddressLayout kLinuxX86_64{SNAG_SHADOW_XOR,
                                            SNAG_SHADOW_OFFSET,
                                            {{0, 0x0554'fff0'0000},
                                             {0x5555'0000'0000, 0x6000'0000'0000},
                                             {0x6000'0000'0000, 0x7000'0000'0000},
                                             {0x7000'0000'0000, 0x8000'0000'0000}},
                                            4};

}  // namespace snag

#endif  // SNAG_CORE_ADDRESS_LAYOUT_H
