#include "report/text_writer.h"

#include "report/finding_name.h"
#include "report/misuse_writer.h"
#include "report/text_parts.h"

namespace snag {

namespace {

using record::ObjectKind;

const char* accessName(uint32_t kind) {
  const uint32_t both = record::kAccessRead | record::kAccessWrite;
  const bool isAtomic = (kind & record::kAccessAtomic) != 0;
  if ((kind & record::kAccessFree) != 0) return "free";
  if ((kind & record::kAccessAllocate) != 0) return "allocation";
  if ((kind & both) == both || (kind & record::kAccessPartOfRmw) != 0)
    return isAtomic ? "atomic read-modify-write" : "read-modify-write";
  if ((kind & record::kAccessWrite) != 0) return isAtomic ? "atomic write" : "write";
  return isAtomic ? "atomic read" : "read";
}

const char* variableName(const RaceReport& report) {
  for (const ReportAccess& access : report.accesses)
    if (access.site != nullptr && access.site->variable != 0) return siteText(access.site->variable);
  return "";
}

const char* textOr(const char* text, const char* otherwise) { return *text != 0 ? text : otherwise; }

class RaceWriter : TextParts {
 public:
  using TextParts::TextParts;

  void write() {
    writeAccess(report_.accesses[0], "");
    writeAccess(report_.accesses[1], "earlier ");
    if (report_.hasUsualLock) writeUsualLock();
    writeOrigins();
    writeSummary();
  }

  void writeTitle() {
    out_ << findingName(report_.kind) << " on '";
    if (const char* name = objectName(report_); *name != 0)
      out_ << name;
    else
      out_.hex(report_.address);
    out_ << "' (";
    writeObject();
    out_ << ")";
  }

 private:
  void writeObject() {
    const ReportObject& object = report_.object;
    switch (object.kind) {
      case ObjectKind::Global: out_ << "global"; break;
      case ObjectKind::Heap:
        out_ << (object.freed ? "freed heap block of " : "heap block of ") << object.size << " bytes, offset "
             << uint64_t{report_.address - object.start};
        return;
      case ObjectKind::Stack: out_ << "stack of thread " << object.thread; break;
      case ObjectKind::ThreadLocal: out_ << "thread-local storage of thread " << object.thread; break;
      case ObjectKind::Unknown: out_ << "memory"; break;
    }
    if (const char* variable = variableName(report_); *variable != 0)
      out_ << " '" << variable << "'";
    else
      out_.put(' ').hex(report_.address);
  }

  void writeAccess(const ReportAccess& access, const char* when) {
    out_ << "  " << when << accessName(access.kind) << " of " << access.size << " bytes at ";
    out_.hex(access.address) << " by ";
    writeThreadName(access.thread);
    if (access.site == nullptr && access.stack.count == 0) out_ << ", place forgotten";
    out_ << ":\n";
    writeSiteFrame(access);
    writeStack(access.stack, access.site != nullptr ? 1 : 0);
    for (size_t i = 0; i < access.lockCount; ++i) writeLock("    holding ", access.locks[i]);
  }

  // Frame 0 is known from the site table even without symbols; from its code address if it was compiled without -g.
  void writeSiteFrame(const ReportAccess& access) {
    if (access.site == nullptr) return;
    const SnagSite& site = *access.site;
    out_ << "    #0 ";
    if (site.line == 0 && access.stack.count > 0) {
      if (site.function != 0) out_ << siteText(site.function) << " ";
      writeAddress(access.stack.frames[0]);
    } else {
      out_ << textOr(siteText(site.function), "(unknown)") << " ";
      writePosition(site);
    }
    out_ << "\n";
  }

  void writePosition(const SnagSite& site) {
    out_ << textOr(siteText(site.file), "(unknown)") << ":" << site.line;
    if (site.column != 0) out_ << ":" << uint32_t{site.column};
  }

  void writeUsualLock() {
    out_ << "  " << report_.usualLockHeld << " of " << report_.usualLockTotal << " remembered accesses hold\n";
    writeLock("    ", report_.usualLock);
  }

  void writeOrigins() {
    const ReportStack& allocation = report_.object.allocation;
    if (allocation.count > 0) {
      out_ << "  the block was allocated by ";
      writeThreadName(report_.object.thread);
      out_ << ":\n";
      writeStack(allocation, 0);
    }
    writeCreations();
  }

  void writeSummary() {
    out_ << "SUMMARY: Snag: " << findingName(report_.kind) << " at ";
    const SnagSite* site = report_.accesses[0].site;
    if (site == nullptr || site->line == 0) site = report_.accesses[1].site;
    if (site != nullptr && site->line != 0) {
      writePosition(*site);
      out_ << " in " << textOr(siteText(site->function), "(unknown)");
    } else if (report_.accesses[0].stack.count > 0) {
      writeAddress(report_.accesses[0].stack.frames[0]);
    } else {
      out_.hex(report_.address);
    }
    out_ << "\n";
  }
};

}  // namespace

const char* objectName(const RaceReport& report) {
  for (const ReportAccess& access : report.accesses)
    if (access.site != nullptr && access.site->field != 0) return siteText(access.site->field);
  return variableName(report);
}

void writeTitle(const RaceReport& report, TextBuffer& out) {
  if (report.stepCount == 0)
    RaceWriter(report, out).writeTitle();
  else
    MisuseWriter(report, out).writeTitle();
}

void writeText(const RaceReport& report, uint32_t processId, TextBuffer& out) {
  out << "==" << processId << "==ERROR: Snag: ";
  writeTitle(report, out);
  out << "\n";
  if (report.stepCount == 0)
    RaceWriter(report, out).write();
  else
    MisuseWriter(report, out).write();
}

void writeCure(bool startedTool, const char* lookedAt, TextBuffer& out) {
  out << "Snag: the 'snag' tool " << (startedTool ? "ended before it had printed everything" : "was not found")
      << " (looked at: " << textOr(lookedAt, "nothing")
      << "): set SNAG_OPTIONS=tool=/path/to/snag or put it on PATH to see whole stacks\n";
}

}  // namespace snag
