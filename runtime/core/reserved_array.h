// A zero-filled array of fixed size that costs memory only where it is touched.
#ifndef SNAG_CORE_RESERVED_ARRAY_H
#define SNAG_CORE_RESERVED_ARRAY_H

#include "platform/platform.h"

namespace snag {

// T is trivially destructible and all-zero bytes are a valid T. No bounds are checked.
template <typename T>
class ReservedArray {
 public:
  explicit ReservedArray(size_t count)
      : bytes_((count * sizeof(T) + 4095) & ~size_t{4095}), items_(static_cast<T*>(platform::reserve(bytes_, 4096))) {}
  ~ReservedArray() { platform::release(items_, bytes_); }
  ReservedArray(const ReservedArray&) = delete;
  ReservedArray& operator=(const ReservedArray&) = delete;

  T& operator[](size_t index) const { return items_[index]; }

 private:
  const size_t bytes_;
  T* const items_;
};

}  // namespace snag

#endif  // SNAG_CORE_RESERVED_ARRAY_H
