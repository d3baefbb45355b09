#include "report/dedup.h"

#include "platform/platform.h"

namespace snag {

namespace {

// Spreads the bits so that sums and prefixes of results may serve as keys.
uint64_t mix(uint64_t x) {
  x = (x ^ (x >> 31)) * 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 29)) * 0xd6e8feb86659fd93;
  return x ^ (x >> 32);
}

uint64_t nonZero(uint64_t key) { return key != 0 ? key : 1; }
uint64_t sideKey(RaceSide side) { return mix(mix(side.place + 1) + side.kind); }

// Three families of keys in one set, kept apart by their seeds.
uint64_t countKey(uint64_t pair, uint32_t ordinal) { return nonZero(mix(pair + mix(ordinal + 1))); }
uint64_t objectKey(uint64_t pair, uint64_t object) { return nonZero(mix(pair ^ mix(object ^ 0x4f424a))); }
uint64_t wordKey(uint64_t pair, uintptr_t word) { return nonZero(mix(pair ^ mix(word ^ 0x574f5244000000))); }

}  // namespace

uint64_t pairKey(RaceSide one, RaceSide other) {
  return nonZero(mix(sideKey(one) + sideKey(other)));  // a sum does not know their order
}

bool SeenRaces::isExhausted(uint64_t pair) const { return has(countKey(pair, kObjectsPerPair - 1)); }

bool SeenRaces::hasWord(uint64_t pair, uintptr_t word) const { return has(wordKey(pair, word)); }

bool SeenRaces::hasObject(uint64_t pair, uint64_t object) const { return has(objectKey(pair, object)); }

bool SeenRaces::add(uint64_t pair, uint64_t object, uintptr_t word) {
  if (isExhausted(pair) || hasObject(pair, object)) return false;
  uint32_t ordinal = 0;
  while (has(countKey(pair, ordinal))) ++ordinal;
  return insert(objectKey(pair, object)) && insert(countKey(pair, ordinal)) && insert(wordKey(pair, word));
}

bool SeenRaces::has(uint64_t key) const {
  const uint64_t* keys = __atomic_load_n(&keys_, __ATOMIC_ACQUIRE);
  if (keys == nullptr) return false;
  for (size_t i = key % kCapacity;; i = (i + 1) % kCapacity) {
    const uint64_t found = __atomic_load_n(&keys[i], __ATOMIC_RELAXED);
    if (found == key) return true;
    if (found == 0) return false;
  }
}

bool SeenRaces::insert(uint64_t key) {
  if (keys_ == nullptr) {
    auto* keys = static_cast<uint64_t*>(platform::reserve(kCapacity * sizeof(uint64_t), 4096));
    __atomic_store_n(&keys_, keys, __ATOMIC_RELEASE);
  }
  if (used_ >= kCapacity / 4 * 3) return false;  // keeps probes short and `has` finite
  size_t i = key % kCapacity;
  while (keys_[i] != 0) i = (i + 1) % kCapacity;
  __atomic_store_n(&keys_[i], key, __ATOMIC_RELAXED);
  ++used_;
  return true;
}

}  // namespace snag
