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

void HeldLocks::remove(uintptr_t lock) {
  for (size_t i = locks_.size(); i-- > 0;) {
    if (locks_[i].lock != lock) continue;
    locks_.erase(locks_.begin() + i);
    change();
    return;
  }
}

const HeldLock* HeldLocks::find(uintptr_t lock) const {
  for (size_t i = locks_.size(); i-- > 0;)
    if (locks_[i].lock == lock) return &locks_[i];
  return nullptr;
}

LockSetId HeldLocks::intern(LockSetTable& table) {
  if (current_) return id_;
  const auto size = static_cast<uint32_t>(locks_.size());
  LockSetId& known = remembered_[hashLocks(locks_.data(), size) % kRemembered];
  size_t count = 0;
  const HeldLock* locks = table.get(known, &count);
  if (count != size || !sameLocks(locks, locks_.data(), size)) known = table.intern(locks_.data(), size);
  id_ = known;
  current_ = true;
  return id_;
}

}  // namespace snag
