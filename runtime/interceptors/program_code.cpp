#include "interceptors/program_code.h"

#include <stddef.h>

#include <atomic>

#include "core/spin_lock.h"
#include "interceptors/quiet_modules.h"
#include "platform/process.h"

namespace snag {
namespace {

constexpr size_t kMaxModules = 256;
struct Range {
  std::atomic<uintptr_t> start{0}, end{0};  // end 0: free
};
constinit Range ranges[kMaxModules];
constinit std::atomic<size_t> count{0};  // ranges in use or used before
constinit SpinLock lock;                 // protects changes

}  // namespace

void noteProgramModule(uintptr_t address) {
  platform::ModuleInfo module;
  if (isProgramCode(address) || !platform::findModule(address, &module)) return;
  SpinGuard guard(lock);
  const size_t used = count.load(std::memory_order_relaxed);
  size_t index = 0;
  while (index < used && ranges[index].end.load(std::memory_order_relaxed) != 0) ++index;
  if (index == kMaxModules) return;
  ranges[index].start.store(module.start, std::memory_order_relaxed);
  ranges[index].end.store(module.end, std::memory_order_release);
  if (index == used) count.store(used + 1, std::memory_order_release);
}

void forgetProgramModule(uintptr_t address) {
  SpinGuard guard(lock);
  for (size_t i = 0; i < count.load(std::memory_order_relaxed); ++i)
    if (ranges[i].start.load(std::memory_order_relaxed) <= address &&
        address < ranges[i].end.load(std::memory_order_relaxed))
      ranges[i].end.store(0, std::memory_order_relaxed);
}

bool isProgramCode(uintptr_t pc) {
  const size_t used = count.load(std::memory_order_acquire);
  for (size_t i = 0; i < used; ++i)
    if (pc < ranges[i].end.load(std::memory_order_acquire) && ranges[i].start.load(std::memory_order_relaxed) <= pc)
      return !isInLibc(pc);  // linked into the program
  return false;
}

}  // namespace snag
