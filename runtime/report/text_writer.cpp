#include "report/text_writer.h"

namespace snag {

namespace {

using record::FindingKind;
using record::ObjectKind;

constexpr size_t kMaxFrames = 32;

const char* kindName(FindingKind kind) {
  switch (kind) {
    case FindingKind::LostUpdate: return "lost update";
    case FindingKind::UseAfterFreeRace: return "heap-use-after-free race";
    case FindingKind::DataRace: break;
  }
  return "data race";
}

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

const char* textOr(const char* text, const char* otherwise) { return *text != 0 ? text : otherwise; }

class TextWriter {
 public:
  TextWriter(const RaceReport& report, TextBuffer& out) : report_(report), out_(out) {}

  void write(uint32_t processId) {
    writeHeader(processId);
    writeAccess(report_.accesses[0], "");
    writeAccess(report_.accesses[1], "earlier ");
    if (report_.hasUsualLock) writeUsualLock();
    writeOrigins();
    writeSummary();
  }

 private:
  // The object as the sites call it.
  const char* name() const {
    for (const ReportAccess& access : report_.accesses)
      if (access.site != nullptr && access.site->field != 0) return siteText(access.site->field);
    return variable();
  }

  const char* variable() const {
    for (const ReportAccess& access : report_.accesses)
      if (access.site != nullptr && access.site->variable != 0) return siteText(access.site->variable);
    return "";
  }

  void writeHeader(uint32_t processId) {
    out_ << "==" << processId << "==ERROR: Snag: " << kindName(report_.kind) << " on '";
    if (*name() != 0)
      out_ << name();
    else
      out_.hex(report_.address);
    out_ << "' (";
    writeObject();
    out_ << ")\n";
  }

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
    if (*variable() != 0)
      out_ << " '" << variable() << "'";
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

  void writeThreadName(uint32_t number) {
    if (number == 0)
      out_ << "the main thread";
    else
      out_ << "thread " << number;
    for (size_t i = 0; i < report_.threadCount; ++i)
      if (report_.threads[i].number == number && report_.threads[i].name[0] != 0)
        out_ << " '" << report_.threads[i].name << "'";
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

  void writeStack(const ReportStack& stack, size_t first) {
    for (size_t i = first; i < stack.count && i < kMaxFrames; ++i) {
      out_ << "    #" << uint64_t{i} << " ";
      writeAddress(stack.frames[i]);
      out_ << "\n";
    }
  }

  void writeAddress(uintptr_t address) {
    const uint32_t module = moduleOf(report_, address);
    if (module == record::kNoModule) {
      out_.hex(address);
      return;
    }
    out_ << report_.modules[module].path << "+";
    out_.hex(address - report_.modules[module].bias);
  }

  void writeLock(const char* indent, const ReportLock& lock) {
    out_ << indent << "lock ";
    out_.hex(lock.address) << (lock.mode == LockMode::Read ? " for reading" : "");
    if (lock.place.module != record::kNoModule) {
      out_ << " (" << report_.modules[lock.place.module].path << "+";
      out_.hex(lock.place.offset) << ")";
    }
    out_ << "\n";
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
    for (size_t i = 0; i < report_.threadCount; ++i) writeCreation(report_.threads[i]);
  }

  void writeCreation(const ReportThread& thread) {
    if (thread.number == 0) return;
    out_ << "  ";
    writeThreadName(thread.number);
    out_ << " was created by ";
    writeThreadName(thread.creator);
    out_ << ":\n";
    writeStack(thread.creation, 0);
  }

  void writeSummary() {
    out_ << "SUMMARY: Snag: " << kindName(report_.kind) << " at ";
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

  const RaceReport& report_;
  TextBuffer& out_;
};

}  // namespace

void writeText(const RaceReport& report, uint32_t processId, TextBuffer& out) {
  TextWriter(report, out).write(processId);
}

void writeCure(bool startedTool, const char* lookedAt, TextBuffer& out) {
  out << "Snag: the 'snag' tool " << (startedTool ? "ended before it had printed everything" : "was not found")
      << " (looked at: " << textOr(lookedAt, "nothing")
      << "): set SNAG_OPTIONS=tool=/path/to/snag or put it on PATH to see whole stacks\n";
}

}  // namespace snag
