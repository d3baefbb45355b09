#include "core/held_locks.h"

namespace snag {
namespace {

uint32_t hashLocks(const HeldLock* locks, uint32_t count) {
  uint64_t hash = count;
  for (uint32_t i = 0; i < count; ++i)
    hash = (hash ^ locks[i].lock ^ uint64_t{raw(locks[i].taken)} << 32) * 0x9e37'79b9'7f4a'7c15;
  return static_cast<uint32_t>(hash >> 40);
}

bool sameLocks(const HeldLock* a, const HeldLock* b, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i)
    if (!(a[i] == b[i])) return false;
  return true;
}

}  // namespace

LockSetTable::~LockSetTable() {
  for (uint32_t id = 1; id < sets_.end(); ++id)
    arena().deallocate(sets_.at(id).locks, sets_.at(id).count * sizeof(HeldLock));
}

LockSetId LockSetTable::intern(const HeldLock* locks, uint32_t count) {
  if (count == 0) return kNoLocks;
  std::atomic<uint32_t>& bucket = buckets_[hashLocks(locks, count) % kBuckets];
  // Sets stay as they are once they are in their chain, so looking needs no lock.
  if (const uint32_t known = find(bucket.load(std::memory_order_acquire), locks, count)) return LockSetId{known};
  SpinGuard guard(lock_);
  const uint32_t first = bucket.load(std::memory_order_relaxed);
  if (const uint32_t known = find(first, locks, count)) return LockSetId{known};
  auto* copy = static_cast<HeldLock*>(arena().allocate(count * sizeof(HeldLock)));
  for (uint32_t i = 0; i < count; ++i) copy[i] = locks[i];
  const uint32_t id = sets_.create(count, first, copy);
  if (id == 0) {
    arena().deallocate(copy, count * sizeof(HeldLock));
    return kNoLocks;
  }
  bucket.store(id, std::memory_order_release);
  return LockSetId{id};
}

uint32_t LockSetTable::find(uint32_t first, const HeldLock* locks, uint32_t count) const {
  for (uint32_t id = first; id != 0; id = sets_.at(id).next)
    if (sets_.at(id).count == count && sameLocks(sets_.at(id).locks, locks, count)) return id;
  return 0;
}

const HeldLock* LockSetTable::get(LockSetId id, size_t* count) const {
  *count = 0;
  if (id == kNoLocks) return nullptr;
  *count = sets_.at(raw(id)).count;
  return sets_.at(raw(id)).locks;
}

// Sets that no longer are what is held have to be interned anew.
HeldLocks::Hold HeldLocks::removeEarlier(uintptr_t lock) {
  for (size_t i = locks_.size(); i-- > 0;) {
    if (locks_[i].lock.lock != lock) continue;
    const Hold removed{locks_[i].lock, i == 0 ? locks_[0].set : kUnknownLocks};
    locks_.erase(locks_.begin() + i);
    for (size_t later = i; later < locks_.size(); ++later) locks_[later].set = kUnknownLocks;
    id_ = locks_.empty() ? kNoLocks : locks_.back().set;
    return removed;
  }
  return {{}, kUnknownLocks};
}

const HeldLock* HeldLocks::find(uintptr_t lock) const {
  for (size_t i = locks_.size(); i-- > 0;)
    if (locks_[i].lock.lock == lock) return &locks_[i].lock;
  return nullptr;
}

LockSetId HeldLocks::intern(LockSetTable& table) {
  LockSetId set = kNoLocks;
  for (size_t i = 0; i < locks_.size(); ++i) {
    Hold& hold = locks_[i];
    if (hold.set == kUnknownLocks) hold.set = i == 0 ? internFirst(table) : internBoth(table, set, i);
    set = hold.set;
  }
  id_ = set;
  return set;
}

LockSetId HeldLocks::internFirst(LockSetTable& table) {
  const HeldLock& first = locks_[0].lock;
  LockSetId& known = remembered_[hashLocks(&first, 1) % kRemembered];
  size_t count = 0;
  const HeldLock* locks = table.get(known, &count);
  if (count != 1 || !(locks[0] == first)) known = table.intern(&first, 1);
  return known;
}

// `before` is the set of the locks taken before the one at the index.
LockSetId HeldLocks::internBoth(LockSetTable& table, LockSetId before, size_t index) {
  const HeldLock& last = locks_[index].lock;
  // The empty set stands for one that found no room in the table; it tells nothing.
  if (before != kNoLocks) {
    const LockSetId known = steps_.of(last.lock, last.mode, before, last.taken).with;
    if (known != kNoLocks) return known;
  }
  boost::container::small_vector<HeldLock, 8, ArenaAllocator<HeldLock>> all;
  for (size_t i = 0; i <= index; ++i) all.push_back(locks_[i].lock);
  const LockSetId both = table.intern(all.data(), static_cast<uint32_t>(all.size()));
  if (before != kNoLocks) steps_.of(last.lock, last.mode, before, last.taken).with = both;
  return both;
}

}  // namespace snag
