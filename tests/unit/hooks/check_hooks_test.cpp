// The hooks in assembly against what hooks.h says that they compare: whatever stands in the shadow, an access that the
// test lets pass goes on, and any other one reaches the runtime with its arguments.
#include <gtest/gtest.h>
#include <sys/mman.h>

#include <set>
#include <vector>

#include "snag/hooks.h"

__thread SnagThread __snag_thread = SNAG_UNKNOWN_THREAD;

namespace {

struct Arrival {
  const char* hook;
  const void* address;
  const SnagSite* site;
  uint64_t context;
  uint64_t size;  // of a range
};
Arrival arrived;

}  // namespace

#define SNAG_ARRIVAL(name)                                                                                        \
  extern "C" SNAG_PRESERVE_MOST void __snag_##name(const void* address, const SnagSite* site, uint64_t context) { \
    arrived = {#name, address, site, context, 0};                                                                 \
  }
SNAG_ARRIVAL(read1)
SNAG_ARRIVAL(read2)
SNAG_ARRIVAL(read4)
extern "C" SNAG_PRESERVE_MOST void __snag_read8_quickly(const void* address, const SnagSite* site, uint64_t context);
SNAG_ARRIVAL(read8_quickly)
SNAG_ARRIVAL(read16)
SNAG_ARRIVAL(write1)
SNAG_ARRIVAL(write2)
SNAG_ARRIVAL(write4)
SNAG_ARRIVAL(write8)
SNAG_ARRIVAL(write16)

#define SNAG_RANGE_ARRIVAL(name)                                                                             \
  extern "C" SNAG_PRESERVE_MOST void __snag_##name(const void* address, uint64_t size, const SnagSite* site, \
                                                   uint64_t context);                                        \
  void __snag_##name(const void* address, uint64_t size, const SnagSite* site, uint64_t context) {           \
    arrived = {#name, address, site, context, size};                                                         \
  }
SNAG_RANGE_ARRIVAL(read_range_quickly)
SNAG_RANGE_ARRIVAL(write_range_quickly)

namespace {

constexpr uint32_t kOwn = 0x123456, kShared = 0x654321, kJoined = 0x0a0b0c;

uint32_t half(uint32_t id, uint32_t bytes) { return id | bytes << 24; }

class CheckHooks : public ::testing::Test {
 protected:
  using Hook = decltype(&__snag_check_read1);

  // No program memory is looked at, so there need not be any.
  static constexpr uintptr_t kAddress = 0x1'2345'6000;

  void SetUp() override {
    void* const shadow = reinterpret_cast<void*>((kAddress ^ SNAG_SHADOW_XOR) + SNAG_SHADOW_OFFSET);
    ASSERT_EQ(mmap(shadow, kPage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0),
              shadow);
    halves_ = static_cast<uint32_t*>(shadow);
    __snag_thread = SnagThread SNAG_UNKNOWN_THREAD;
    __snag_thread.ownHalf = half(kOwn, 0xff);
    __snag_thread.sharedHalf = half(kShared, 0xff);
    const uint32_t joined = half(kJoined, 0xff);
    __snag_thread.joinedHalves[joined % SNAG_JOINED_HALVES] = joined;
  }
  void TearDown() override { munmap(halves_, kPage); }

  void setWord(size_t index, uint32_t writer, uint32_t reader) {
    halves_[2 * index] = writer;
    halves_[2 * index + 1] = reader;
  }

  // As hooks.h has it.
  bool passes(size_t index, uint32_t bytes, bool isWrite) const {
    const uint32_t writer = halves_[2 * index], reader = halves_[2 * index + 1];
    const auto agree = [&](uint32_t one, uint32_t other) { return ((one ^ other) & (0xffffff | bytes << 24)) == 0; };
    return agree(writer, __snag_thread.ownHalf) ||
           (!isWrite && (agree(reader, __snag_thread.ownHalf) || agree(reader, __snag_thread.sharedHalf)));
  }

  template <typename Hook>
  static bool arrives(const Hook& hook, const char* name, size_t offset) {
    arrived = {};
    const auto* const address = reinterpret_cast<const void*>(kAddress + offset);
    const auto* const site = reinterpret_cast<const SnagSite*>(0x77);
    hook(address, site, 0x1234'5678'9abc'def0);
    if (arrived.hook == nullptr) return false;
    EXPECT_STREQ(arrived.hook, name);
    EXPECT_EQ(arrived.address, address);
    EXPECT_EQ(arrived.site, site);
    EXPECT_EQ(arrived.context, 0x1234'5678'9abc'def0u);
    return true;
  }
  static bool arrivesAsRange(decltype(&__snag_read_range) hook, const char* name, size_t offset, size_t size) {
    const auto withSize = [&](const void* address, const SnagSite* site, uint64_t context) {
      hook(address, size, site, context);
    };
    if (!arrives(withSize, name, offset)) return false;
    EXPECT_EQ(arrived.size, size);
    return true;
  }

  // Halves that agree in nothing, in the segment alone, or in it and all kinds of bytes.
  static std::vector<uint32_t> halves() {
    std::set<uint32_t> masks{0, 0xff, 0x0f, 0xf0, 0x03, 0xc0, 0x55, 0xaa};
    for (uint32_t bit = 1; bit <= 0x80; bit <<= 1) masks.insert({bit, 0xff ^ bit});
    std::vector<uint32_t> result{0};
    for (const uint32_t id : {kOwn, kOwn ^ 1, kOwn ^ 0x800000, kShared, kShared ^ 0x800000, kJoined})
      for (const uint32_t mask : masks) result.push_back(half(id, mask));
    return result;
  }

  // Every access of `size` bytes to one word; `passesToo(reader)` is what the hook knows beyond hooks.h.
  template <typename PassesToo>
  void tryAll(size_t size, Hook hook, const char* name, bool isWrite, PassesToo&& passesToo) {
    size_t tried = 0;
    for (const uint32_t writer : halves()) {
      for (const uint32_t reader : halves()) {
        const size_t word = tried++ % 8;  // where it stands is to make no difference
        setWord(word, writer, reader);
        for (size_t offset = 0; offset < 8; offset += size) {
          const uint32_t bytes = ((1u << size) - 1) << offset;
          const bool isExpected = !passes(word, bytes, isWrite) && !passesToo(reader);
          ASSERT_EQ(arrives(hook, name, 8 * word + offset), isExpected)
              << std::hex << name << " at " << offset << ", writer " << writer << ", reader " << reader;
        }
      }
    }
  }
  void tryAll(size_t size, Hook hook, const char* name, bool isWrite) {
    tryAll(size, hook, name, isWrite, [](uint32_t) { return false; });
  }

 private:
  static constexpr size_t kPage = 4096;
  uint32_t* halves_ = nullptr;
};

TEST_F(CheckHooks, OneByte) {
  tryAll(1, __snag_check_write1, "write1", true);
  tryAll(1, __snag_check_read1, "read1", false);
}

TEST_F(CheckHooks, TwoBytes) {
  tryAll(2, __snag_check_write2, "write2", true);
  tryAll(2, __snag_check_read2, "read2", false);
}

TEST_F(CheckHooks, FourBytes) {
  tryAll(4, __snag_check_write4, "write4", true);
  tryAll(4, __snag_check_read4, "read4", false);
}

TEST_F(CheckHooks, EightBytesAndCrowdsThatTheThreadHasJoined) {
  tryAll(8, __snag_check_write8, "write8", true);
  const auto isJoined = [](uint32_t reader) { return reader == half(kJoined, 0xff); };
  tryAll(8, __snag_check_read8, "read8_quickly", false, isJoined);
}

// The plain hook is called where the rest of the test has failed inline.
TEST_F(CheckHooks, PlainReadsOfEightBytesAskForCrowdsOnly) {
  for (const uint32_t reader : halves()) {
    setWord(0, 0, reader);
    EXPECT_EQ(arrives(__snag_read8, "read8_quickly", 0), reader != half(kJoined, 0xff)) << std::hex << reader;
    EXPECT_TRUE(arrives(__snag_read8, "read8_quickly", 4)) << "in two words";
  }
}

TEST_F(CheckHooks, SixteenBytesInTwoWords) {
  const std::vector<uint32_t> some{0,
                                   half(kOwn, 0xff),
                                   half(kOwn, 0x7f),
                                   half(kOwn ^ 1, 0xff),
                                   half(kShared, 0xff),
                                   half(kShared, 0xfe),
                                   half(kShared ^ 0x800000, 0xff)};
  const size_t count = some.size();
  for (size_t i = 0; i < count * count * count * count; ++i) {
    setWord(0, some[i % count], some[i / count % count]);
    setWord(1, some[i / (count * count) % count], some[i / (count * count * count)]);
    ASSERT_EQ(arrives(__snag_check_write16, "write16", 0), !passes(0, 0xff, true) || !passes(1, 0xff, true)) << i;
    ASSERT_EQ(arrives(__snag_check_read16, "read16", 0), !passes(0, 0xff, false) || !passes(1, 0xff, false)) << i;
  }
}

// Short ranges of whole words; all others are left to the runtime.
TEST_F(CheckHooks, Ranges) {
  const std::vector<uint32_t> passing{half(kOwn, 0xff), half(kShared, 0xff)};
  for (size_t odd = 0; odd < 20; ++odd) {
    for (const uint32_t writer : halves()) {
      for (size_t word = 0; word < 20; ++word) setWord(word, half(kOwn, 0xff), 0);
      const uint32_t reader = passing[writer % 2];
      setWord(odd, writer, reader);
      for (const size_t offset : {0, 1, 7, 8, 12}) {
        for (const size_t size : {0, 1, 4, 8, 9, 24, 63, 64, 65, 121, 127, 128, 129, 140}) {
          const bool touches = odd >= offset / 8 && odd <= (offset + size - 1) / 8;
          const bool isShort = size > 0 && size <= 128, isOwn = writer == half(kOwn, 0xff);
          ASSERT_EQ(arrivesAsRange(__snag_write_range, "write_range_quickly", offset, size),
                    !isShort || (touches && !isOwn))
              << std::hex << writer << " in word " << odd << ", " << size << " bytes from " << offset;
          ASSERT_EQ(arrivesAsRange(__snag_read_range, "read_range_quickly", offset, size), !isShort)
              << std::hex << reader << " in word " << odd << ", " << size << " bytes from " << offset;
          setWord(odd, 0, writer);  // now only a reader
          const bool isRead = isOwn || writer == half(kShared, 0xff);
          ASSERT_EQ(arrivesAsRange(__snag_read_range, "read_range_quickly", offset, size),
                    !isShort || (touches && !isRead))
              << std::hex << writer << " reads word " << odd << ", " << size << " bytes from " << offset;
          setWord(odd, writer, reader);
        }
      }
    }
  }
}

// Sizes of accesses differ in what follows the test of the word: the next word's half must not be taken for it.
TEST_F(CheckHooks, EachAccessLooksAtItsOwnWord) {
  setWord(0, half(kOwn, 0xff), 0);
  setWord(1, 0, half(kOwn, 0xff));
  EXPECT_FALSE(arrives(__snag_check_write4, "write4", 4));
  EXPECT_TRUE(arrives(__snag_check_write4, "write4", 8));
  EXPECT_FALSE(arrives(__snag_check_read2, "read2", 14));
  EXPECT_TRUE(arrives(__snag_check_write1, "write1", 15));
}

}  // namespace
