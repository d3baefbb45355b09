#include "report/report_builder.h"

#include "core/thread_state.h"
#include "report/finding_parts.h"
#include "report/usual_lock.h"

namespace snag {

namespace {

using record::FindingKind;
using record::ObjectKind;

// A site's bits go into the record as they are.
static_assert(uint32_t{record::kAccessRead} == SNAG_SITE_READ && uint32_t{record::kAccessWrite} == SNAG_SITE_WRITE &&
              uint32_t{record::kAccessAtomic} == SNAG_SITE_ATOMIC && uint32_t{record::kAccessVptr} == SNAG_SITE_VPTR &&
              uint32_t{record::kAccessPartOfRmw} == SNAG_SITE_PART_OF_RMW &&
              uint32_t{record::kAccessAllocate} == SNAG_SITE_ALLOCATE &&
              uint32_t{record::kAccessFree} == SNAG_SITE_FREE);

constexpr uint64_t kStackIdentity = 2;  // no multiple of 8, so no word

bool isReadModifyWrite(uint32_t kind) {
  const uint32_t both = record::kAccessRead | record::kAccessWrite;
  return (kind & record::kAccessPartOfRmw) != 0 || (kind & both) == both;
}

// One side loads a vtable pointer, as virtual calls do; the other sets it, as constructors and destructors do.
bool isVirtualCall(uint32_t load, uint32_t store) {
  const bool areVtablePointers = (load & store & record::kAccessVptr) != 0;
  return areVtablePointers && (load & record::kAccessWrite) == 0 && (store & record::kAccessWrite) != 0;
}

// A block that is being handed out holds nobody's update yet.
bool isUpdate(uint32_t kind) {
  return (kind & (record::kAccessWrite | record::kAccessPartOfRmw)) != 0 && (kind & record::kAccessAllocate) == 0;
}

uintptr_t placeOf(const SnagSite* site, uintptr_t code) {
  // Library calls share one site without a line: there the call tells them apart.
  return site != nullptr && site->line != 0 ? reinterpret_cast<uintptr_t>(site) : code;
}

// The site knows the whole access; what the shadow adds is what it is remembered as.
uint32_t earlierKind(const EarlierAccess& earlier, const SnagSite* site) {
  uint32_t kind = site != nullptr ? site->kind : 0;
  if (earlier.isWrite) kind |= record::kAccessWrite;
  if (earlier.isAtomic) kind |= record::kAccessAtomic;
  return kind != 0 ? kind : uint32_t{record::kAccessRead};
}

class Builder {
 public:
  Builder(Detector& detector, FindHeapBlock findHeapBlock, const Race& race, RaceReport& out)
      : detector_(detector), race_(race), out_(out), parts_(detector, findHeapBlock, out) {}

  void build() {
    out_.address = race_.racingAddress;
    out_.size = race_.racingSize;
    buildCaught(out_.accesses[0]);
    buildEarlier(out_.accesses[1]);
    out_.kind = findingKind(out_.accesses[0].kind, out_.accesses[1].kind);
    parts_.describeObject(race_.racingAddress);
    buildValue();
    buildUsualLock();
  }

 private:
  void buildCaught(ReportAccess& access) {
    access.kind = race_.kind;
    access.address = race_.address;
    access.size = race_.size;
    access.site = race_.place.site;
    access.stack = parts_.stackOf(detector_.contextFor(*race_.thread, race_.place));
    access.thread = parts_.addThread(race_.thread->record);
    caughtLocks_ = detector_.heldLocks(*race_.thread);
    addLocks(access, caughtLocks_);
  }

  void buildEarlier(ReportAccess& access) {
    const EarlierAccess& earlier = race_.earlier;
    const Detector::ContextInfo context = detector_.context(earlier.context);
    access.kind = earlierKind(earlier, context.site);
    const bool isKnown = earlier.context != kNoContext;
    access.address = isKnown ? earlier.address : race_.racingAddress;
    access.size = isKnown ? earlier.size : race_.racingSize;
    access.site = context.site;
    access.stack = parts_.stackOf(earlier.context);
    access.thread = parts_.addThread(earlier.thread);
    addLocks(access, earlier.locks);
  }

  void buildValue() {
    const uint32_t bytes = out_.size < RaceReport::kMaxValue ? out_.size : uint32_t{RaceReport::kMaxValue};
    if (platform::copyMemory(out_.address, out_.valueBefore, bytes)) out_.valueBytes = bytes;
  }

  void buildUsualLock() {
    const bool isHeap = out_.object.kind == ObjectKind::Heap;
    const uintptr_t start = isHeap ? out_.object.start : out_.address;
    const uintptr_t end = start + (isHeap ? out_.object.size : out_.size);
    UsualLock usual;
    if (!findUsualLock(detector_, race_, caughtLocks_, start, end, &usual)) return;
    out_.hasUsualLock = true;
    out_.usualLock = parts_.lockOf(usual.lock);
    out_.usualLockHeld = usual.held;
    out_.usualLockTotal = usual.total;
  }

  void addLocks(ReportAccess& access, LockSetId set) {
    size_t count = 0;
    const Detector::HeldLockInfo* locks = detector_.lockSet(set, &count);
    for (size_t i = 0; i < count && access.lockCount < ReportAccess::kMaxLocks; ++i)
      access.locks[access.lockCount++] = parts_.lockOf(locks[i]);
  }

  Detector& detector_;
  const Race& race_;
  RaceReport& out_;
  FindingParts parts_;
  LockSetId caughtLocks_ = kNoLocks;
};

}  // namespace

RaceSide caughtSide(const Race& race) { return {placeOf(race.place.site, race.place.pc), race.kind}; }

RaceSide earlierSide(const Detector& detector, const Race& race) {
  if (race.earlier.context == kNoContext) return {0, earlierKind(race.earlier, nullptr)};
  const Detector::ContextInfo context = detector.context(race.earlier.context);
  const uintptr_t code = context.frameCount > 0 ? context.frames[0] : 0;
  return {placeOf(context.site, code), earlierKind(race.earlier, context.site)};
}

FindingKind findingKind(uint32_t oneKind, uint32_t otherKind) {
  if (((oneKind | otherKind) & record::kAccessFree) != 0) return FindingKind::UseAfterFreeRace;
  if (isVirtualCall(oneKind, otherKind) || isVirtualCall(otherKind, oneKind))
    return FindingKind::VirtualCallVsDestructor;
  const bool isLostUpdate =
      (isReadModifyWrite(oneKind) && isUpdate(otherKind)) || (isReadModifyWrite(otherKind) && isUpdate(oneKind));
  return isLostUpdate ? FindingKind::LostUpdate : FindingKind::DataRace;
}

uint64_t objectIdentity(const Detector& detector, FindHeapBlock findHeapBlock, uintptr_t address) {
  HeapBlock block;
  // Odd, so that no word and not kStackIdentity looks like it.
  if (findHeapBlock != nullptr && findHeapBlock(address, &block)) return (uint64_t{raw(block.allocation)} << 1) | 1;
  if (detector.threadOfAddress(address) != nullptr) return kStackIdentity;
  return address & ~uintptr_t{7};
}

void buildReport(Detector& detector, FindHeapBlock findHeapBlock, const Race& race, RaceReport& out) {
  Builder(detector, findHeapBlock, race, out).build();
}

}  // namespace snag
