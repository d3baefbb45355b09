#include <linux/membarrier.h>
#include <sys/syscall.h>

#include <atomic>

#include "platform/platform.h"

namespace snag::platform {
namespace {

long membarrier(int command) {
  long result;
  asm volatile("syscall" : "=a"(result) : "a"(SYS_membarrier), "D"(command), "S"(0), "d"(0) : "rcx", "r11", "memory");
  return result;
}

}  // namespace

// Registering again is harmless, and needed after fork. Kernels without the expedited form (before 4.14) have the slow
// one.
void processBarrier() {
  std::atomic_thread_fence(std::memory_order_seq_cst);
  if (membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED) == 0 && membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED) == 0)
    return;
  membarrier(MEMBARRIER_CMD_GLOBAL);
}

}  // namespace snag::platform
