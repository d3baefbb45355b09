#include "report/misuse_writer.h"

#include "report/finding_name.h"

namespace snag {

namespace {

using record::StepRole;

const char* roleName(StepRole role) {
  switch (role) {
    case StepRole::Caught: return "caught here: ";
    case StepRole::Acquired: return "took it: ";
    case StepRole::Released: return "gave it back: ";
    case StepRole::Destroyed: return "destroyed it: ";
    case StepRole::Waiting: return "waits for it: ";
    case StepRole::Created: return "created it: ";
    case StepRole::Used: return "used it: ";
    case StepRole::Interrupted: return "interrupted here: ";
  }
  return "";
}

}  // namespace

void MisuseWriter::writeTitle() {
  out_ << findingName(report_.kind) << " on '";
  writeSubject();
  out_ << "'";
}

void MisuseWriter::write() {
  for (size_t i = 0; i < report_.stepCount; ++i) writeStep(report_.steps[i]);
  writeCreations();
  out_ << "SUMMARY: Snag: " << findingName(report_.kind) << " at ";
  const ReportStack& caught = report_.steps[0].stack;
  if (caught.count > 0)
    writeAddress(caught.frames[0]);
  else
    writeSubject();
  out_ << "\n";
}

void MisuseWriter::writeSubject() {
  if (report_.subjectText[0] != 0)
    out_ << report_.subjectText;
  else
    out_.hex(report_.address);
}

void MisuseWriter::writeStep(const ReportStep& step) {
  out_ << "  " << roleName(step.role);
  if (step.hasThread)
    writeThreadName(step.thread);
  else
    out_ << "an unknown thread";
  out_ << (step.stack.count == 0 ? ", place unknown\n" : ":\n");
  writeStack(step.stack, 0);
  if (step.object.address != 0) writeLock("    it is ", step.object);
  if (step.held.address == 0) return;
  writeLock("    with ", step.held);
  writeStack(step.held.taken, 0);
}

}  // namespace snag
