// platform.h, what is mapped and what has been touched: /proc/self/maps and /proc/self/pagemap.
#include <fcntl.h>

#include "platform/linux/reserved_ranges.h"
#include "platform/linux/x86_64/syscall.h"
#include "platform/platform.h"

namespace snag::platform {
namespace {

constexpr uintptr_t kPageBytes = 4096;

class ProcFile {
 public:
  explicit ProcFile(const char* path) : descriptor_(systemCall(SYS_open, path, O_RDONLY | O_CLOEXEC)) {}
  ~ProcFile() {
    if (isOpen()) systemCall(SYS_close, descriptor_);
  }
  ProcFile(const ProcFile&) = delete;
  ProcFile& operator=(const ProcFile&) = delete;

  bool isOpen() const { return !isError(descriptor_); }
  // Bytes read; 0 at the end and after an error.
  size_t read(void* out, size_t bytes) {
    return count(systemCall(SYS_read, descriptor_, out, static_cast<long>(bytes)));
  }
  size_t readAt(void* out, size_t bytes, uint64_t offset) {
    return count(systemCall(SYS_pread64, descriptor_, out, static_cast<long>(bytes), static_cast<long>(offset)));
  }

 private:
  static size_t count(long result) { return result > 0 ? static_cast<size_t>(result) : 0; }
  long descriptor_;
};

// Reads "start-end anything\n" lines a character at a time, so that any buffer size will do.
class MapsParser {
 public:
  MapsParser(RangeVisitor visit, void* argument) : visit_(visit), argument_(argument) {}

  void feed(char c) {
    if (c == '\n') return startLine();
    if (part_ == Part::Rest) return;
    if (c == '-') {
      part_ = Part::End;
    } else if (c == ' ') {
      part_ = Part::Rest;
      visitUnreserved(start_, end_, visit_, argument_);
    } else {
      uintptr_t& value = part_ == Part::Start ? start_ : end_;
      value = value << 4 | static_cast<uintptr_t>(c <= '9' ? c - '0' : c - 'a' + 10);
    }
  }

 private:
  enum class Part { Start, End, Rest };
  void startLine() {
    part_ = Part::Start;
    start_ = end_ = 0;
  }

  RangeVisitor visit_;
  void* argument_;
  Part part_ = Part::Start;
  uintptr_t start_ = 0, end_ = 0;
};

// Joins neighbouring pages into runs.
class RunCollector {
 public:
  RunCollector(RangeVisitor visit, void* argument) : visit_(visit), argument_(argument) {}
  ~RunCollector() { flush(); }
  RunCollector(const RunCollector&) = delete;
  RunCollector& operator=(const RunCollector&) = delete;

  void add(uintptr_t page) {
    if (page != end_) {
      flush();
      start_ = page;
    }
    end_ = page + kPageBytes;
  }

 private:
  void flush() {
    if (start_ != end_) visit_(argument_, start_, end_);
    start_ = end_ = 0;
  }

  RangeVisitor visit_;
  void* argument_;
  uintptr_t start_ = 0, end_ = 0;
};

// In memory or in swap (bits 63 and 62 of a pagemap entry). mincore would not do: it does not see swapped pages.
bool isTouched(uint64_t pagemapEntry) { return pagemapEntry >> 62 != 0; }

}  // namespace

void visitProgramMemory(RangeVisitor visit, void* argument) {
  // Not /proc/self: that is the main thread, which may have ended before the others.
  ProcFile maps("/proc/thread-self/maps");
  if (!maps.isOpen()) fatal("cannot read /proc/thread-self/maps");
  MapsParser parser(visit, argument);
  char buffer[2048];
  while (const size_t got = maps.read(buffer, sizeof buffer))
    for (size_t i = 0; i < got; ++i) parser.feed(buffer[i]);
}

void visitResident(uintptr_t start, uintptr_t end, RangeVisitor visit, void* argument) {
  start &= ~(kPageBytes - 1);
  end = (end + kPageBytes - 1) & ~(kPageBytes - 1);
  ProcFile pagemap("/proc/thread-self/pagemap");
  RunCollector runs(visit, argument);
  uint64_t entries[256];
  while (start < end) {
    const size_t wanted = (end - start) / kPageBytes < 256 ? (end - start) / kPageBytes : 256;
    const size_t got = pagemap.readAt(entries, wanted * 8, start / kPageBytes * 8) / 8;
    if (got == 0) return visit(argument, start, end);  // unknown: a superset is safe for every caller
    for (size_t i = 0; i < got; ++i)
      if (isTouched(entries[i])) runs.add(start + i * kPageBytes);
    start += got * kPageBytes;
  }
}

}  // namespace snag::platform
