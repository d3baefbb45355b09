// An array of plain values that keeps a few of them in itself: eight bytes of book-keeping, the rest on the arena.
//
// For what there are very many of, such as the clocks of atomic locations.
#ifndef SNAG_CORE_SMALL_ARRAY_H
#define SNAG_CORE_SMALL_ARRAY_H

#include <bit>
#include <type_traits>

#include "core/arena.h"

namespace snag {

template <typename T, uint32_t kInline>
class SmallArray {
  static_assert(std::is_trivially_copyable_v<T> && kInline > 0);

 public:
  SmallArray() {}
  SmallArray(const SmallArray& other) { assign(other); }
  SmallArray& operator=(const SmallArray& other) {
    if (this != &other) assign(other);
    return *this;
  }
  ~SmallArray() { release(); }

  uint32_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* data() { return SNAG_LIKELY(isInline()) ? inline_ : spilled_; }
  const T* data() const { return SNAG_LIKELY(isInline()) ? inline_ : spilled_; }
  T* begin() { return data(); }
  T* end() { return data() + size_; }
  const T* begin() const { return data(); }
  const T* end() const { return data() + size_; }
  T& operator[](uint32_t index) { return data()[index]; }
  const T& operator[](uint32_t index) const { return data()[index]; }

  void clear() { size_ = 0; }
  // New elements are zero.
  void grow(uint32_t size) {
    reserve(size);
    __builtin_memset(static_cast<void*>(data() + size_), 0, (size - size_) * sizeof(T));
    size_ = size;
  }
  void add(const T& value) {
    const T copy = value;
    reserve(size_ + 1);
    data()[size_++] = copy;
  }
  template <typename Goes>
  void eraseIf(Goes&& goes) {
    uint32_t kept = 0;
    for (const T& each : *this)
      if (!goes(each)) data()[kept++] = each;
    size_ = kept;
  }

 private:
  bool isInline() const { return capacity_ == kInline; }

  void assign(const SmallArray& other) {
    size_ = 0;
    reserve(other.size_);
    size_ = other.size_;
    if (isInline() && other.isInline())
      __builtin_memcpy(static_cast<void*>(inline_), other.inline_,
                       sizeof inline_);  // of a size known when this is compiled
    else
      __builtin_memcpy(static_cast<void*>(data()), other.data(), size_ * sizeof(T));
  }

  void reserve(uint32_t size) {
    if (size > capacity_) spill(size);
  }
  __attribute__((noinline)) void spill(uint32_t size) {
    const uint32_t capacity = std::bit_ceil(size);
    T* const larger = static_cast<T*>(arena().allocate(capacity * sizeof(T)));
    __builtin_memcpy(static_cast<void*>(larger), data(), size_ * sizeof(T));
    release();
    spilled_ = larger;
    capacity_ = capacity;
  }
  void release() {
    if (!isInline()) arena().deallocate(spilled_, capacity_ * sizeof(T));
  }

  uint32_t size_ = 0, capacity_ = kInline;
  union {
    T inline_[kInline];
    T* spilled_;
  };
};

}  // namespace snag

#endif  // SNAG_CORE_SMALL_ARRAY_H
