#include "interceptors/descriptor_use.h"

#include "message.h"

namespace snag {
namespace {

constexpr unsigned kWatched = 65536;  // descriptors beyond are not watched

// Nothing is ever stored here: the addresses have shadow words.
alignas(8) constinit char uses[kWatched][8];
// Separate, because a number that was closed may be in use again through a call that nobody saw.
alignas(8) constinit char ends[kWatched][8];

bool isWatched(int descriptor) { return static_cast<unsigned>(descriptor) < kWatched; }

// The descriptor whose word this is, or -1.
int descriptorOf(uintptr_t address) {
  const uintptr_t first = reinterpret_cast<uintptr_t>(uses), second = reinterpret_cast<uintptr_t>(ends);
  if (address - first < sizeof uses) return static_cast<int>((address - first) / 8);
  if (address - second < sizeof ends) return static_cast<int>((address - second) / 8);
  return -1;
}

void forget(const void* word) {
  if (RuntimeScope scope; scope) detector().forgetRange(reinterpret_cast<uintptr_t>(word), 8);
}

}  // namespace

void noteUse(int descriptor, const LibraryCall& call) {
  if (isWatched(descriptor)) call.reads(uses[descriptor], 8);
}

void noteBadUse(int descriptor, const LibraryCall& call) {
  if (isWatched(descriptor)) call.reads(ends[descriptor], 8);
}

void noteClosing(int descriptor, const LibraryCall& call) {
  if (!isWatched(descriptor)) return;
  call.writes(uses[descriptor], 8);
  forgetUses(descriptor);
  call.writes(ends[descriptor], 8);
}

void forgetUses(int descriptor) {
  if (!isWatched(descriptor)) return;
  forget(uses[descriptor]);
  forget(ends[descriptor]);
}

bool asDescriptorRace(const Race& race, Misuse* misuse, char* text, size_t capacity) {
  const int descriptor = descriptorOf(race.racingAddress);
  if (descriptor < 0) return false;
  const Message message = Message() << "file descriptor " << static_cast<uint32_t>(descriptor);
  size_t length = 0;
  for (; length + 1 < capacity && length < message.length(); ++length) text[length] = message.text()[length];
  text[length] = 0;

  misuse->kind = MisuseKind::DescriptorRace;
  misuse->text = text;
  MisuseStep step;
  step.thread = race.thread->record;
  step.context = detector().contextFor(*race.thread, race.place);
  misuse->add(step);
  step.role = MisuseRole::Used;
  step.thread = race.earlier.thread;
  step.context = race.earlier.context;
  misuse->add(step);
  return true;
}

}  // namespace snag
