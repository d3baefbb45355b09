#include "interceptors/hand_over.h"

#include "interceptors/program_code.h"
#include "runtime.h"

namespace snag {

bool isCopyForHandOver(const Place& place) { return handOver.copies && isProgramCode(place.pc); }

void noteHandedOver(ThreadState& thread, const Place& place, uintptr_t start) {
  HandOver& state = handOver;
  if (isProgramCode(place.pc)) return;
  detector().release(thread, start);
  state.blocks[state.count++ % HandOver::kMost] = start;
  if (!state.copies && state.mayCopy) {
    state.copies = true;
    thread.ignoreAccesses();
  }
}

void endCopies() {
  HandOver& state = handOver;
  if (!state.copies) return;
  state.copies = false;
  if (RuntimeScope scope; scope) scope.thread().stopIgnoring();
}

}  // namespace snag
