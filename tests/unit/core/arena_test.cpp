#include "core/arena.h"

#include <gtest/gtest.h>

#include <cstring>
#include <map>
#include <random>
#include <thread>

namespace snag {
namespace {

struct Block {
  size_t bytes;
  unsigned char mark;
};

void checkAndFree(std::map<unsigned char*, Block>& blocks, std::map<unsigned char*, Block>::iterator it) {
  const auto& [memory, block] = *it;
  ASSERT_EQ(memory[0], block.mark);
  ASSERT_EQ(memory[block.bytes - 1], block.mark);
  arena().deallocate(memory, block.bytes);
  blocks.erase(it);
}

// Live blocks never overlap and keep their contents.
void exercise(uint32_t seed) {
  std::mt19937 random(seed);
  std::map<unsigned char*, Block> blocks;
  for (int step = 0; step < 5'000; ++step) {
    if (random() % 3 == 0 && !blocks.empty()) {
      checkAndFree(blocks, std::next(blocks.begin(), random() % blocks.size()));
      continue;
    }
    const size_t bytes = 1 + random() % (random() % 50 == 0 ? 200'000 : 300);
    const Block block{bytes, static_cast<unsigned char>(random())};
    auto* memory = static_cast<unsigned char*>(arena().allocate(bytes));
    ASSERT_EQ(reinterpret_cast<uintptr_t>(memory) % 16, 0u);
    std::memset(memory, block.mark, bytes);
    const auto next = blocks.lower_bound(memory);
    ASSERT_TRUE(next == blocks.end() || memory + bytes <= next->first);
    ASSERT_TRUE(next == blocks.begin() || std::prev(next)->first + std::prev(next)->second.bytes <= memory);
    blocks.emplace(memory, block);
  }
  while (!blocks.empty()) checkAndFree(blocks, blocks.begin());
}

TEST(Arena, LiveBlocksKeepTheirBytes) { exercise(1); }

TEST(Arena, CountsWhatIsInUse) {
  const size_t before = arena().inUse();
  void* small = arena().allocate(100);
  void* large = arena().allocate(1 << 20);
  EXPECT_GE(arena().inUse(), before + 100 + (1 << 20));
  arena().deallocate(small, 100);
  arena().deallocate(large, 1 << 20);
  EXPECT_EQ(arena().inUse(), before);
}

TEST(Arena, FreedBlockIsReused) {
  void* first = arena().allocate(48);
  arena().deallocate(first, 48);
  void* second = arena().allocate(48);
  EXPECT_EQ(first, second);
  arena().deallocate(second, 48);
}

TEST(Arena, ServesThreadsAtTheSameTime) {
  const size_t before = arena().inUse();
  std::thread other([] { exercise(2); });
  exercise(3);
  other.join();
  EXPECT_EQ(arena().inUse(), before);
}

TEST(Arena, NewRunsConstructorsAndDeleteDestructors) {
  struct Counted {
    explicit Counted(int& count) : live(count) { ++live; }
    ~Counted() { --live; }
    int& live;
  };
  int live = 0;
  Counted* object = arenaNew<Counted>(live);
  EXPECT_EQ(live, 1);
  arenaDelete(object);
  EXPECT_EQ(live, 0);
  arenaDelete<Counted>(nullptr);
}

}  // namespace
}  // namespace snag
