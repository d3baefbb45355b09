#include "report/text_parts.h"

namespace snag {

namespace {

constexpr size_t kMaxFrames = 32;

}  // namespace

void TextParts::writeThreadName(uint32_t number) {
  if (number == 0)
    out_ << "the main thread";
  else
    out_ << "thread " << number;
  for (size_t i = 0; i < report_.threadCount; ++i)
    if (report_.threads[i].number == number && report_.threads[i].name[0] != 0)
      out_ << " '" << report_.threads[i].name << "'";
}

void TextParts::writeStack(const ReportStack& stack, size_t first) {
  for (size_t i = first; i < stack.count && i < kMaxFrames; ++i) {
    out_ << "    #" << uint64_t{i} << " ";
    writeAddress(stack.frames[i]);
    out_ << "\n";
  }
}

void TextParts::writeAddress(uintptr_t address) {
  const uint32_t module = moduleOf(report_, address);
  if (module == record::kNoModule) {
    out_.hex(address);
    return;
  }
  out_ << report_.modules[module].path << "+";
  out_.hex(address - report_.modules[module].bias);
}

void TextParts::writeLock(const char* indent, const ReportLock& lock) {
  out_ << indent << "lock ";
  out_.hex(lock.address) << (lock.mode == LockMode::Read ? " for reading" : "");
  if (lock.place.module != record::kNoModule) {
    out_ << " (" << report_.modules[lock.place.module].path << "+";
    out_.hex(lock.place.offset) << ")";
  }
  out_ << "\n";
}

void TextParts::writeCreations() {
  for (size_t i = 0; i < report_.threadCount; ++i) {
    const ReportThread& thread = report_.threads[i];
    if (thread.number == 0) continue;
    out_ << "  ";
    writeThreadName(thread.number);
    out_ << " was created by ";
    writeThreadName(thread.creator);
    out_ << ":\n";
    writeStack(thread.creation, 0);
  }
}

}  // namespace snag
