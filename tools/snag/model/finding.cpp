#include "model/finding.h"

#include <algorithm>

namespace snag::model {

const Module* Finding::findModule(uint32_t index) const {
  auto found = std::ranges::find(modules, index, &Module::index);
  return found == modules.end() ? nullptr : &*found;
}

const Thread* Finding::findThread(uint32_t number) const {
  auto found = std::ranges::find(threads, number, &Thread::number);
  return found == threads.end() ? nullptr : &*found;
}

}  // namespace snag::model
