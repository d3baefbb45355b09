// Writes hand-made findings as the records that the runtime would write of them.
#ifndef SNAG_TESTS_RECORD_ENCODER_H
#define SNAG_TESTS_RECORD_ENCODER_H

#include "model/finding.h"
#include "record_builder.h"

namespace snag::test {

inline Fields& addStack(Fields& fields, Tag tag, const model::Stack& stack) {
  if (stack.empty()) return fields;
  ByteVector payload;
  for (const model::Frame& frame : stack) {
    append(payload, frame.address, 8);
    append(payload, frame.offset, 8);
    append(payload, frame.module, 4);
    append(payload, 0, 4);
  }
  return fields.raw(tag, payload);
}

inline Fields& addText(Fields& fields, Tag tag, const std::string& text) {
  return text.empty() ? fields : fields.text(tag, text);
}

inline Fields lockFields(const model::Lock& lock) {
  Fields fields;
  fields.u64(Tag::LockAddress, lock.address).u32(Tag::LockModeTag, static_cast<uint32_t>(lock.mode));
  addText(fields, Tag::LockName, lock.name);
  return addStack(fields, Tag::LockStack, lock.stack);
}

inline Fields accessFields(const model::Access& access) {
  Fields fields;
  fields.u32(Tag::AccessKind, access.kind).u32(Tag::AccessThread, access.thread);
  fields.u64(Tag::AccessAddress, access.address).u32(Tag::AccessSize, access.size);
  if (access.site) {
    Fields site = siteFields(access.site->function, access.site->file, access.site->line, access.site->column,
                             access.site->variable);
    fields.nested(Tag::Site, addText(site, Tag::SiteField, access.site->field));
  }
  addStack(fields, Tag::Stack, access.stack);
  for (const model::Lock& lock : access.locks) fields.nested(Tag::Lock, lockFields(lock));
  return fields;
}

inline Fields stepFields(const model::Step& step) {
  Fields fields;
  fields.u32(Tag::StepRoleTag, static_cast<uint32_t>(step.role));
  if (step.thread) fields.u32(Tag::StepThread, *step.thread);
  addStack(fields, Tag::StepStack, step.stack);
  if (step.object) fields.nested(Tag::StepObject, lockFields(*step.object));
  if (step.held) fields.nested(Tag::StepHeld, lockFields(*step.held));
  return fields;
}

inline Fields objectFields(const model::Object& object) {
  Fields fields;
  fields.u32(Tag::ObjectKindTag, static_cast<uint32_t>(object.kind));
  fields.u64(Tag::ObjectStart, object.start).u64(Tag::ObjectSize, object.size);
  if (object.module) fields.u32(Tag::ObjectModule, *object.module).u64(Tag::ObjectOffset, object.offset);
  if (object.thread) fields.u32(Tag::ObjectThread, *object.thread);
  return addStack(fields, Tag::ObjectStack, object.stack);
}

inline Fields threadFields(const model::Thread& thread) {
  Fields fields;
  fields.u32(Tag::ThreadNumber, thread.number).u32(Tag::ThreadOsId, thread.osId);
  addText(fields, Tag::ThreadName, thread.name);
  if (thread.creator) fields.u32(Tag::ThreadCreator, *thread.creator);
  fields.u32(Tag::ThreadFinished, thread.finished);
  return addStack(fields, Tag::ThreadStack, thread.stack);
}

inline ByteVector encoded(const model::Finding& finding) {
  Fields fields;
  fields.u32(Tag::Kind, static_cast<uint32_t>(finding.kind)).u32(Tag::Sequence, finding.sequence);
  fields.u64(Tag::Address, finding.address).u32(Tag::Size, finding.size);
  if (finding.steps.empty())
    for (const model::Access& access : finding.accesses) fields.nested(Tag::Access, accessFields(access));
  for (const model::Step& step : finding.steps) fields.nested(Tag::Step, stepFields(step));
  if (finding.subject) fields.nested(Tag::Subject, lockFields(*finding.subject));
  addText(fields, Tag::SubjectText, finding.subjectText);
  fields.nested(Tag::Object, objectFields(finding.object));
  for (const model::Thread& thread : finding.threads) fields.nested(Tag::Thread, threadFields(thread));
  for (const model::Module& module : finding.modules)
    fields.nested(Tag::Module, Fields().u32(Tag::ModuleIndex, module.index).text(Tag::ModulePath, module.path));
  if (!finding.valueBefore.empty()) fields.raw(Tag::ValueBefore, finding.valueBefore);
  if (finding.usualLock)
    fields.nested(Tag::UsualLock, lockFields(finding.usualLock->lock))
        .u32(Tag::UsualLockHeld, finding.usualLock->held)
        .u32(Tag::UsualLockTotal, finding.usualLock->total);
  return makeRecord(record::RecordKind::Finding, fields);
}

}  // namespace snag::test

#endif  // SNAG_TESTS_RECORD_ENCODER_H
