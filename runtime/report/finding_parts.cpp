#include "report/finding_parts.h"

#include "platform/platform.h"

namespace snag {

using record::ObjectKind;

void FindingParts::describeObject(uintptr_t address) {
  HeapBlock block;
  if (findHeapBlock_ != nullptr && findHeapBlock_(address, &block)) return describeHeapBlock(block);
  if (const ThreadRecord* owner = detector_.threadOfAddress(address)) return describeOwned(*owner, address);
  out_.object.place = placeOfData(address);
  if (out_.object.place.module == record::kNoModule) return;
  out_.object.kind = ObjectKind::Global;
  out_.object.start = address;
}

void FindingParts::describeHeapBlock(const HeapBlock& block) {
  ReportObject& object = out_.object;
  object.kind = ObjectKind::Heap;
  object.start = block.start;
  object.size = block.size;
  object.freed = block.freed;
  object.allocation = stackOf(block.allocation);
  object.hasThread = true;
  object.thread = block.thread;
  addThread(detector_.threadRecord(block.thread));
}

void FindingParts::describeOwned(const ThreadRecord& owner, uintptr_t address) {
  ReportObject& object = out_.object;
  const bool isStack = owner.stackStart <= address && address < owner.stackEnd;
  object.kind = isStack ? ObjectKind::Stack : ObjectKind::ThreadLocal;
  object.start = address;
  object.hasThread = true;
  object.thread = addThread(&owner);
}

uint32_t FindingParts::addThread(const ThreadRecord* thread) {
  const uint32_t number = thread == nullptr ? 0 : thread->number;
  while (thread != nullptr && !hasThread(thread->number) && out_.threadCount < RaceReport::kMaxThreads) {
    ReportThread& entry = out_.threads[out_.threadCount++];
    entry.number = thread->number;
    entry.osId = thread->osId;
    entry.creator = thread->creator;
    __builtin_memcpy(entry.name, thread->name, sizeof(entry.name));
    entry.name[sizeof(entry.name) - 1] = 0;
    entry.creation = stackOf(thread->creation);
    entry.finished = thread->finished;
    if (thread->number == 0) break;
    thread = detector_.threadRecord(thread->creator);
  }
  return number;
}

bool FindingParts::hasThread(uint32_t number) const {
  for (size_t i = 0; i < out_.threadCount; ++i)
    if (out_.threads[i].number == number) return true;
  return false;
}

ReportStack FindingParts::stackOf(ContextId id) {
  if (id == kNoContext) return {};
  const Detector::ContextInfo context = detector_.context(id);
  for (size_t i = 0; i < context.frameCount; ++i) addModule(context.frames[i]);
  return {context.frames, context.frameCount};
}

ReportLock FindingParts::lockOf(uintptr_t lock, LockMode mode, ContextId taken) {
  return {lock, mode, stackOf(taken), placeOfData(lock)};
}

ReportPlace FindingParts::placeOfData(uintptr_t address) {
  if (!platform::findModule(address, &module_) || !module_.inData) return {};
  return {addModule(address), address - module_.bias};
}

uint32_t FindingParts::addModule(uintptr_t address) {
  const uint32_t known = moduleOf(out_, address);
  if (known != record::kNoModule || out_.moduleCount == RaceReport::kMaxModules) return known;
  platform::ModuleInfo& next = out_.modules[out_.moduleCount];
  if (!platform::findModule(address, &next)) return record::kNoModule;
  return static_cast<uint32_t>(out_.moduleCount++);
}

}  // namespace snag
