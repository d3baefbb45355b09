#include "model/record_decoder.h"

namespace snag::model {

using record::Tag;

namespace {

// Walks nested fields and notes damage once for the whole finding.
template <class Visit>
void eachField(Bytes bytes, bool& damaged, Visit visit) {
  FieldCursor cursor(bytes);
  for (Field field{}; cursor.next(field);) visit(field);
  damaged = damaged || cursor.damaged();
}

Site decodeSite(Bytes bytes, bool& damaged) {
  Site site;
  eachField(bytes, damaged, [&](const Field& field) {
    switch (field.tag) {
      case Tag::SiteFunction: site.function = field.text(); break;
      case Tag::SiteFile: site.file = field.text(); break;
      case Tag::SiteLine: site.line = field.u32(); break;
      case Tag::SiteColumn: site.column = field.u32(); break;
      case Tag::SiteVariable: site.variable = field.text(); break;
      case Tag::SiteField: site.field = field.text(); break;
      default: break;
    }
  });
  return site;
}

Lock decodeLock(Bytes bytes, bool& damaged) {
  Lock lock;
  eachField(bytes, damaged, [&](const Field& field) {
    switch (field.tag) {
      case Tag::LockAddress: lock.address = field.u64(); break;
      case Tag::LockModeTag: lock.mode = static_cast<LockMode>(field.u32()); break;
      case Tag::LockStack: lock.stack = field.stack(); break;
      case Tag::LockModule: lock.module = field.u32(); break;
      case Tag::LockOffset: lock.offset = field.u64(); break;
      case Tag::LockName: lock.name = field.text(); break;
      default: break;
    }
  });
  return lock;
}

Access decodeAccess(Bytes bytes, bool& damaged) {
  Access access;
  eachField(bytes, damaged, [&](const Field& field) {
    switch (field.tag) {
      case Tag::AccessKind: access.kind = field.u32(); break;
      case Tag::AccessThread: access.thread = field.u32(); break;
      case Tag::AccessAddress: access.address = field.u64(); break;
      case Tag::AccessSize: access.size = field.u32(); break;
      case Tag::Site: access.site = decodeSite(field.payload, damaged); break;
      case Tag::Stack: access.stack = field.stack(); break;
      case Tag::Lock: access.locks.push_back(decodeLock(field.payload, damaged)); break;
      default: break;
    }
  });
  return access;
}

Step decodeStep(Bytes bytes, bool& damaged) {
  Step step;
  eachField(bytes, damaged, [&](const Field& field) {
    switch (field.tag) {
      case Tag::StepRoleTag: step.role = static_cast<StepRole>(field.u32()); break;
      case Tag::StepThread: step.thread = field.u32(); break;
      case Tag::StepStack: step.stack = field.stack(); break;
      case Tag::StepObject: step.object = decodeLock(field.payload, damaged); break;
      case Tag::StepHeld: step.held = decodeLock(field.payload, damaged); break;
      default: break;
    }
  });
  return step;
}

Object decodeObject(Bytes bytes, bool& damaged) {
  Object object;
  eachField(bytes, damaged, [&](const Field& field) {
    switch (field.tag) {
      case Tag::ObjectKindTag: object.kind = static_cast<ObjectKind>(field.u32()); break;
      case Tag::ObjectStart: object.start = field.u64(); break;
      case Tag::ObjectSize: object.size = field.u64(); break;
      case Tag::ObjectModule: object.module = field.u32(); break;
      case Tag::ObjectOffset: object.offset = field.u64(); break;
      case Tag::ObjectThread: object.thread = field.u32(); break;
      case Tag::ObjectStack: object.stack = field.stack(); break;
      default: break;
    }
  });
  return object;
}

Thread decodeThread(Bytes bytes, bool& damaged) {
  Thread thread;
  eachField(bytes, damaged, [&](const Field& field) {
    switch (field.tag) {
      case Tag::ThreadNumber: thread.number = field.u32(); break;
      case Tag::ThreadOsId: thread.osId = field.u32(); break;
      case Tag::ThreadName: thread.name = field.text(); break;
      case Tag::ThreadCreator: thread.creator = field.u32(); break;
      case Tag::ThreadStack: thread.stack = field.stack(); break;
      case Tag::ThreadFinished: thread.finished = field.u32() != 0; break;
      default: break;
    }
  });
  return thread;
}

Module decodeModule(Bytes bytes, bool& damaged) {
  Module module;
  eachField(bytes, damaged, [&](const Field& field) {
    switch (field.tag) {
      case Tag::ModuleIndex: module.index = field.u32(); break;
      case Tag::ModulePath: module.path = field.text(); break;
      case Tag::ModuleBias: module.bias = field.u64(); break;
      case Tag::ModuleBuildId: module.buildId = field.raw(); break;
      default: break;
    }
  });
  return module;
}

UsualLock& usualLock(Finding& finding) {
  if (!finding.usualLock) finding.usualLock.emplace();
  return *finding.usualLock;
}

}  // namespace

Finding decodeFinding(Bytes fields) {
  Finding finding;
  int accesses = 0;
  bool& damaged = finding.damaged;
  eachField(fields, damaged, [&](const Field& field) {
    switch (field.tag) {
      case Tag::Kind: finding.kind = static_cast<FindingKind>(field.u32()); break;
      case Tag::Sequence: finding.sequence = field.u32(); break;
      case Tag::Address: finding.address = field.u64(); break;
      case Tag::Size: finding.size = field.u32(); break;
      case Tag::Access:
        if (accesses < 2) finding.accesses[accesses++] = decodeAccess(field.payload, damaged);
        break;
      case Tag::Step: finding.steps.push_back(decodeStep(field.payload, damaged)); break;
      case Tag::Subject: finding.subject = decodeLock(field.payload, damaged); break;
      case Tag::SubjectText: finding.subjectText = field.text(); break;
      case Tag::Object: finding.object = decodeObject(field.payload, damaged); break;
      case Tag::Thread: finding.threads.push_back(decodeThread(field.payload, damaged)); break;
      case Tag::Module: finding.modules.push_back(decodeModule(field.payload, damaged)); break;
      case Tag::ValueBefore: finding.valueBefore = field.raw(); break;
      case Tag::UsualLock: usualLock(finding).lock = decodeLock(field.payload, damaged); break;
      case Tag::UsualLockHeld: usualLock(finding).held = field.u32(); break;
      case Tag::UsualLockTotal: usualLock(finding).total = field.u32(); break;
      default: break;
    }
  });
  return finding;
}

Process decodeProcess(Bytes fields) {
  Process process;
  bool damaged = false;
  eachField(fields, damaged, [&](const Field& field) {
    switch (field.tag) {
      case Tag::ProcessId: process.id = field.u32(); break;
      case Tag::Executable: process.executable = field.text(); break;
      case Tag::SnagVersion: process.snagVersion = field.text(); break;
      case Tag::WorkingDirectory: process.workingDirectory = field.text(); break;
      case Tag::Verbosity: process.verbosity = field.u32(); break;
      case Tag::Color: process.color = field.text(); break;
      case Tag::Suppressions: process.suppressions = field.text(); break;
      case Tag::ReportStyle: process.reportStyle = field.text(); break;
      case Tag::LogPath: process.logPath = field.text(); break;
      default: break;
    }
  });
  return process;
}

Summary decodeSummary(Bytes fields) {
  Summary summary;
  bool damaged = false;
  eachField(fields, damaged, [&](const Field& field) {
    switch (field.tag) {
      case Tag::SummaryFindings: summary.findings = field.u32(); break;
      case Tag::SummaryRaces: summary.races = field.u64(); break;
      case Tag::SummaryForgotten: summary.forgotten = field.u64(); break;
      case Tag::SummaryThreads: summary.threads = field.u32(); break;
      case Tag::SummaryChecks: summary.checks = field.u64(); break;
      case Tag::SummaryModules: summary.modules = field.u32(); break;
      default: break;
    }
  });
  return summary;
}

}  // namespace snag::model
