#include "trace.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <sstream>

namespace snag::model {
namespace {

enum class Operands : uint8_t { None, Address, Range, RangeAndOrder, Order, Thread };

struct Verb {
  EventKind kind;
  std::string_view name;
  Operands operands;
};

constexpr Verb kVerbs[] = {
    {EventKind::Read, "read", Operands::Range},
    {EventKind::Write, "write", Operands::Range},
    {EventKind::Lock, "lock", Operands::Address},
    {EventKind::Unlock, "unlock", Operands::Address},
    {EventKind::ReadLock, "read_lock", Operands::Address},
    {EventKind::ReadUnlock, "read_unlock", Operands::Address},
    {EventKind::Acquire, "acquire", Operands::Address},
    {EventKind::Release, "release", Operands::Address},
    {EventKind::Load, "load", Operands::RangeAndOrder},
    {EventKind::Store, "store", Operands::RangeAndOrder},
    {EventKind::Rmw, "rmw", Operands::RangeAndOrder},
    {EventKind::FailedCas, "failed_cas", Operands::RangeAndOrder},
    {EventKind::Fence, "fence", Operands::Order},
    {EventKind::Create, "create", Operands::Thread},
    {EventKind::Finish, "finish", Operands::None},
    {EventKind::Join, "join", Operands::Thread},
    {EventKind::Detach, "detach", Operands::Thread},
    {EventKind::Allocate, "allocate", Operands::Range},
    {EventKind::Free, "free", Operands::Range},
    {EventKind::IgnoreBegin, "ignore_begin", Operands::None},
    {EventKind::IgnoreEnd, "ignore_end", Operands::None},
};

constexpr std::string_view kOrders[] = {"relaxed", "consume", "acquire", "release", "acq_rel", "seq_cst"};

bool parseNumber(std::string_view word, uint32_t& out) {
  const bool hex = word.starts_with("0x");
  if (hex) word.remove_prefix(2);
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), out, hex ? 16 : 10);
  return error == std::errc{} && end == word.data() + word.size();
}

bool parseThread(std::string_view word, uint32_t& out) {
  return word.starts_with('t') && parseNumber(word.substr(1), out);
}

bool parseOrder(std::string_view word, MemoryOrder& out) {
  const auto found = std::find(std::begin(kOrders), std::end(kOrders), word);
  if (found == std::end(kOrders)) return false;
  out = static_cast<MemoryOrder>(found - std::begin(kOrders));
  return true;
}

bool parseOperands(Operands operands, const std::vector<std::string>& words, Event& event) {
  const size_t count = words.size() - 2;
  switch (operands) {
    case Operands::None: return count == 0;
    case Operands::Address: return count == 1 && parseNumber(words[2], event.address);
    case Operands::Range:
      return count == 2 && parseNumber(words[2], event.address) && parseNumber(words[3], event.size);
    case Operands::RangeAndOrder:
      return count == 3 && parseNumber(words[2], event.address) && parseNumber(words[3], event.size) &&
             parseOrder(words[4], event.order);
    case Operands::Order: return count == 1 && parseOrder(words[2], event.order);
    case Operands::Thread: return count == 1 && parseThread(words[2], event.other);
  }
  return false;
}

bool parseEvent(const std::vector<std::string>& words, Event& event) {
  if (words.size() < 2 || !parseThread(words[0], event.thread)) return false;
  const auto verb =
      std::find_if(std::begin(kVerbs), std::end(kVerbs), [&](const Verb& v) { return v.name == words[1]; });
  if (verb == std::end(kVerbs)) return false;
  event.kind = verb->kind;
  return parseOperands(verb->operands, words, event);
}

bool contains(const std::vector<uint32_t>& list, uint32_t value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

bool isAtomic(EventKind kind) {
  return kind == EventKind::Load || kind == EventKind::Store || kind == EventKind::Rmw || kind == EventKind::FailedCas;
}

bool isPlainAccess(EventKind kind) { return kind == EventKind::Read || kind == EventKind::Write; }

std::string print(const Event& event) {
  const Verb& verb =
      *std::find_if(std::begin(kVerbs), std::end(kVerbs), [&](const Verb& v) { return v.kind == event.kind; });
  std::ostringstream out;
  out << 't' << event.thread << ' ' << verb.name;
  const bool range = verb.operands == Operands::Range || verb.operands == Operands::RangeAndOrder;
  if (range || verb.operands == Operands::Address) out << " 0x" << std::hex << event.address << std::dec;
  if (range) out << ' ' << event.size;
  if (verb.operands == Operands::Order || verb.operands == Operands::RangeAndOrder)
    out << ' ' << kOrders[raw(event.order)];
  if (verb.operands == Operands::Thread) out << " t" << event.other;
  return out.str();
}

std::string print(const Trace& trace) {
  std::string text;
  for (const Event& event : trace) text += print(event) + '\n';
  return text;
}

std::optional<Trace> parse(std::string_view text) {
  Trace trace;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream in(line.substr(0, line.find('#')));
    const std::vector<std::string> words{std::istream_iterator<std::string>(in), {}};
    if (words.empty()) continue;
    if (!parseEvent(words, trace.emplace_back())) return std::nullopt;
  }
  return trace;
}

TraceValidator::Thread* TraceValidator::running(uint32_t thread) {
  if (thread >= threads_.size() || !threads_[thread] || threads_[thread]->finished) return nullptr;
  return &*threads_[thread];
}

bool TraceValidator::accept(const Event& event) {
  Thread* self = running(event.thread);
  if (!self) return false;
  switch (event.kind) {
    case EventKind::Create:
    case EventKind::Finish:
    case EventKind::Join:
    case EventKind::Detach: return acceptThreadEvent(*self, event);
    case EventKind::Lock:
    case EventKind::Unlock:
    case EventKind::ReadLock:
    case EventKind::ReadUnlock: return acceptLockEvent(*self, event);
    case EventKind::Allocate:
    case EventKind::Free: return acceptBlockEvent(event);
    case EventKind::IgnoreBegin: ++self->ignoring; return true;
    case EventKind::IgnoreEnd: return self->ignoring > 0 && self->ignoring--;
    default: return true;
  }
}

bool TraceValidator::acceptThreadEvent(Thread& self, const Event& event) {
  if (event.kind == EventKind::Finish) {
    if (event.thread == 0 || !self.locks.empty() || !self.readLocks.empty()) return false;
    return self.finished = true;
  }
  if (event.kind == EventKind::Create) {
    if (event.other >= threads_.size()) threads_.resize(event.other + 1);
    if (threads_[event.other]) return false;
    threads_[event.other].emplace();
    return true;
  }
  if (event.other == event.thread || event.other == 0 || event.other >= threads_.size()) return false;
  auto& other = threads_[event.other];
  if (!other || other->claimed || (event.kind == EventKind::Join && !other->finished)) return false;
  return other->claimed = true;
}

bool TraceValidator::acceptLockEvent(Thread& self, const Event& event) {
  const bool reading = event.kind == EventKind::ReadLock || event.kind == EventKind::ReadUnlock;
  std::vector<uint32_t>& held = reading ? self.readLocks : self.locks;
  if (event.kind == EventKind::Unlock || event.kind == EventKind::ReadUnlock)
    return std::erase(held, event.address) == 1;
  if (contains(self.readLocks, event.address)) return false;
  if (someoneHolds(event.address, event.address + 1, reading)) return false;
  held.push_back(event.address);
  return true;
}

bool TraceValidator::someoneHolds(uint32_t start, uint32_t end, bool writersOnly) const {
  const auto within = [&](uint32_t lock) { return start <= lock && lock < end; };
  return std::any_of(threads_.begin(), threads_.end(), [&](const std::optional<Thread>& thread) {
    return thread && (std::any_of(thread->locks.begin(), thread->locks.end(), within) ||
                      (!writersOnly && std::any_of(thread->readLocks.begin(), thread->readLocks.end(), within)));
  });
}

bool TraceValidator::acceptBlockEvent(const Event& event) {
  const uint32_t end = event.address + event.size;
  if (event.size == 0 || someoneHolds(event.address & ~7u, (end + 7) & ~7u, false)) return false;
  if (event.kind == EventKind::Free) {
    return std::erase_if(blocks_, [&](const Block& b) { return b.address == event.address && b.size == event.size; }) ==
           1;
  }
  for (const Block& block : blocks_)
    if (block.address < end && event.address < block.address + block.size) return false;
  blocks_.push_back({event.address, event.size});
  return true;
}

bool isValid(const Trace& trace) {
  TraceValidator validator;
  return std::all_of(trace.begin(), trace.end(), [&](const Event& event) { return validator.accept(event); });
}

}  // namespace snag::model
