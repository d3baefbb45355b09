// The Finding record: which field of a report goes under which tag.
#include "report/race_report.h"
#include "report/record_writer.h"

namespace snag {

namespace {

using record::Tag;

class FindingWriter {
 public:
  FindingWriter(const RaceReport& report, uint8_t* buffer, size_t capacity) : report_(report), out_(buffer, capacity) {}

  // Modules and threads come early: should the rest not fit, what is there can be understood.
  size_t write() {
    out_.begin(record::RecordKind::Finding);
    out_.u32(Tag::Kind, static_cast<uint32_t>(report_.kind));
    out_.u32(Tag::Sequence, report_.sequence);
    out_.u64(Tag::Address, report_.address);
    out_.u32(Tag::Size, report_.size);
    for (size_t i = 0; i < report_.moduleCount; ++i) writeModule(static_cast<uint32_t>(i));
    if (report_.stepCount == 0)
      for (const ReportAccess& access : report_.accesses) writeAccess(access);
    for (size_t i = 0; i < report_.stepCount; ++i) writeStep(report_.steps[i]);
    if (report_.subject.address != 0) writeLock(Tag::Subject, report_.subject);
    if (report_.subjectText[0] != 0) out_.text(Tag::SubjectText, report_.subjectText);
    writeObject(report_.object);
    for (size_t i = 0; i < report_.threadCount; ++i) writeThread(report_.threads[i]);
    if (report_.valueBytes > 0) out_.raw(Tag::ValueBefore, report_.valueBefore, report_.valueBytes);
    if (report_.hasUsualLock) writeUsualLock();
    return out_.end();
  }

 private:
  void writeModule(uint32_t index) {
    const platform::ModuleInfo& module = report_.modules[index];
    RecordWriter::Nested nested(out_, Tag::Module);
    out_.u32(Tag::ModuleIndex, index);
    out_.text(Tag::ModulePath, module.path);
    out_.u64(Tag::ModuleBias, module.bias);
    if (module.buildIdBytes > 0) out_.raw(Tag::ModuleBuildId, module.buildId, module.buildIdBytes);
  }

  void writeAccess(const ReportAccess& access) {
    RecordWriter::Nested nested(out_, Tag::Access);
    out_.u32(Tag::AccessKind, access.kind);
    out_.u32(Tag::AccessThread, access.thread);
    out_.u64(Tag::AccessAddress, access.address);
    out_.u32(Tag::AccessSize, access.size);
    if (access.site != nullptr) writeSite(*access.site);
    writeStack(Tag::Stack, access.stack);
    for (size_t i = 0; i < access.lockCount; ++i) writeLock(Tag::Lock, access.locks[i]);
  }

  void writeStep(const ReportStep& step) {
    RecordWriter::Nested nested(out_, Tag::Step);
    out_.u32(Tag::StepRoleTag, static_cast<uint32_t>(step.role));
    if (step.hasThread) out_.u32(Tag::StepThread, step.thread);
    writeStack(Tag::StepStack, step.stack);
    if (step.object.address != 0) writeLock(Tag::StepObject, step.object);
    if (step.held.address != 0) writeLock(Tag::StepHeld, step.held);
  }

  void writeSite(const SnagSite& site) {
    RecordWriter::Nested nested(out_, Tag::Site);
    out_.text(Tag::SiteFunction, siteText(site.function));
    out_.text(Tag::SiteFile, siteText(site.file));
    out_.u32(Tag::SiteLine, site.line);
    out_.u32(Tag::SiteColumn, site.column);
    out_.text(Tag::SiteVariable, siteText(site.variable));
    out_.text(Tag::SiteField, siteText(site.field));
  }

  void writeLock(Tag tag, const ReportLock& lock) {
    RecordWriter::Nested nested(out_, tag);
    out_.u64(Tag::LockAddress, lock.address);
    out_.u32(Tag::LockModeTag, static_cast<uint32_t>(lock.mode));
    writeStack(Tag::LockStack, lock.taken);
    if (lock.place.module == record::kNoModule) return;
    out_.u32(Tag::LockModule, lock.place.module);
    out_.u64(Tag::LockOffset, lock.place.offset);
  }

  void writeObject(const ReportObject& object) {
    RecordWriter::Nested nested(out_, Tag::Object);
    out_.u32(Tag::ObjectKindTag, static_cast<uint32_t>(object.kind));
    out_.u64(Tag::ObjectStart, object.start);
    out_.u64(Tag::ObjectSize, object.size);
    if (object.hasThread) out_.u32(Tag::ObjectThread, object.thread);
    writeStack(Tag::ObjectStack, object.allocation);
    if (object.place.module == record::kNoModule) return;
    out_.u32(Tag::ObjectModule, object.place.module);
    out_.u64(Tag::ObjectOffset, object.place.offset);
  }

  void writeThread(const ReportThread& thread) {
    RecordWriter::Nested nested(out_, Tag::Thread);
    out_.u32(Tag::ThreadNumber, thread.number);
    out_.u32(Tag::ThreadOsId, thread.osId);
    out_.text(Tag::ThreadName, thread.name);
    out_.u32(Tag::ThreadFinished, thread.finished ? 1 : 0);
    if (thread.number == 0) return;
    out_.u32(Tag::ThreadCreator, thread.creator);
    writeStack(Tag::ThreadStack, thread.creation);
  }

  void writeUsualLock() {
    writeLock(Tag::UsualLock, report_.usualLock);
    out_.u32(Tag::UsualLockHeld, report_.usualLockHeld);
    out_.u32(Tag::UsualLockTotal, report_.usualLockTotal);
  }

  void writeStack(Tag tag, const ReportStack& stack) {
    const size_t count = stack.count < RecordWriter::kMaxFrames ? stack.count : RecordWriter::kMaxFrames;
    if (count == 0) return;
    uint8_t* payload = out_.field(tag, count * sizeof(record::StackFrame));
    if (payload == nullptr) return;
    for (size_t i = 0; i < count; ++i) {
      const record::StackFrame frame = frameOf(stack.frames[i]);
      __builtin_memcpy(payload + i * sizeof(frame), &frame, sizeof(frame));
    }
  }

  record::StackFrame frameOf(uintptr_t address) const {
    const uint32_t module = moduleOf(report_, address);
    const uintptr_t bias = module != record::kNoModule ? report_.modules[module].bias : 0;
    return {address, address - bias, module, 0};
  }

  const RaceReport& report_;
  RecordWriter out_;
};

}  // namespace

size_t writeFinding(const RaceReport& report, uint8_t* buffer, size_t capacity) {
  return FindingWriter(report, buffer, capacity).write();
}

}  // namespace snag
