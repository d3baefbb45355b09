// What unit tests say to the fake platform: which windows of the test's address space are "the program".
#ifndef SNAG_PLATFORM_FAKE_FAKE_PLATFORM_H
#define SNAG_PLATFORM_FAKE_FAKE_PLATFORM_H

#include <stddef.h>
#include <stdint.h>

#include "core/address_layout.h"

namespace snag::fake {

// A window for program addresses and one for their shadow, both aligned to their size, so that one XOR maps one onto
// the other. Program memory is never dereferenced by the detector, but it is real: tests may keep variables in it.
// While it lives, the window is what platform::visitProgramMemory shows; one test at a time may have any number of
// them.
class FakeAddressSpace {
 public:
  // bytes: a power of two, at least a page.
  explicit FakeAddressSpace(size_t bytes = 16 << 20);
  ~FakeAddressSpace();
  FakeAddressSpace(const FakeAddressSpace&) = delete;
  FakeAddressSpace& operator=(const FakeAddressSpace&) = delete;

  uintptr_t base() const { return program_; }
  size_t size() const { return bytes_; }
  AddressLayout layout() const;

  // The shadow is as in a new process. Only while no detector uses it.
  void forgetAll();

 private:
  size_t bytes_;
  uintptr_t program_;
  uintptr_t shadow_;
};

}  // namespace snag::fake

#endif  // SNAG_PLATFORM_FAKE_FAKE_PLATFORM_H
