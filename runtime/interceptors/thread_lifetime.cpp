#include "interceptors/thread_lifetime.h"

#include <limits.h>
#include <link.h>
#include <pthread.h>
#include <sys/resource.h>

#include "interceptors/program_code.h"
#include "interceptors/quiet_modules.h"
#include "interceptors/thread_map.h"
#include "platform/linux/stack_bounds.h"
#include "platform/linux/x86_64/syscall.h"
#include "runtime.h"

namespace snag {
namespace {

pthread_key_t endKey;          // its destructor is how we see a thread's end
uintptr_t staticTlsBytes = 0;  // of thread-local storage right below each thread's control block; set at start-up

constexpr uintptr_t kControlBlockBytes = 0x900;  // glibc's struct pthread, rounded up
constexpr uintptr_t kMaxStaticTls = 1 << 20;
constexpr uintptr_t kMaxMainStack = 64 << 20;  // what is taken for the stack if it is unlimited

// --- storage --------------------------------------------------------------------------------------------

// On x86-64 a thread's control block follows its static thread-local storage, and its address is the pthread_t.
uintptr_t controlBlock() { return static_cast<uintptr_t>(pthread_self()); }

int measureStaticTls(dl_phdr_info* module, size_t, void*) {
  const uintptr_t data = reinterpret_cast<uintptr_t>(module->dlpi_tls_data);
  const uintptr_t distance = controlBlock() - data;
  if (data != 0 && distance < kMaxStaticTls && distance > staticTlsBytes) staticTlsBytes = distance;
  return 0;
}

platform::StackBounds ownStack() {
  platform::StackBounds bounds;
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return bounds;
  void* start = nullptr;
  size_t bytes = 0;
  pthread_attr_getstack(&attributes, &start, &bytes);
  pthread_attr_destroy(&attributes);
  bounds.start = reinterpret_cast<uintptr_t>(start);
  bounds.end = bounds.start + bytes;
  return bounds;
}

// The main thread's stack grows on demand: what is mapped now is only its end.
platform::StackBounds mainStack() {
  platform::StackBounds bounds;
  const auto visit = [](void* argument, uintptr_t start, uintptr_t end) {
    auto& found = *static_cast<platform::StackBounds*>(argument);
    const uintptr_t here = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
    if (start <= here && here < end) found = {start, end};
  };
  platform::visitProgramMemory(visit, &bounds);
  rlimit limit{};
  platform::systemCall(SYS_prlimit64, 0, RLIMIT_STACK, 0, &limit);
  const uintptr_t most = limit.rlim_cur < kMaxMainStack ? limit.rlim_cur : kMaxMainStack;
  if (bounds.end - bounds.start < most) bounds.start = bounds.end - most;
  return bounds;
}

void noteStorage(ThreadRecord& record, platform::StackBounds stack) {
  platform::stackBounds = stack;
  record.tlsStart = controlBlock() - staticTlsBytes;
  record.tlsEnd = controlBlock() + kControlBlockBytes;
  record.stackStart = stack.start;
  // libc puts storage and control block at the end of the stack's memory.
  record.stackEnd = stack.start < record.tlsStart && record.tlsStart < stack.end ? record.tlsStart : stack.end;
}

// --- begin and end --------------------------------------------------------------------------------------

constinit std::atomic<bool> mainThreadHasEnded{false};

// pthread_exit in main() lets the other threads finish their work, and then nobody may be left to join them: only
// those that have ended by now were forgotten.
void noteThreadsLeftBehind() {
  mainThreadHasEnded.store(true, std::memory_order_relaxed);
  threadMap().forEach([](ThreadState& state) { state.record->leftBehind = state.record->finished; });
}

// Thread-specific data is destroyed in rounds. Ours is set again until the last one, so that other destructors come
// first.
void* roundsLeft(uintptr_t rounds) { return reinterpret_cast<void*>(rounds); }

void onThreadEnd(void* rounds) {
  const uintptr_t left = reinterpret_cast<uintptr_t>(rounds);
  if (left > 1) {
    pthread_setspecific(endKey, roundsLeft(left - 1));
    return;
  }
  ThreadState* thread = threadLocals.state;
  threadLocals.isClosed = true;
  threadLocals.state = nullptr;
  if (thread == nullptr) return;
  if (thread->record->number == 0) noteThreadsLeftBehind();
  thread->enterRuntime();
  detector().finishThread(*thread);  // may free it
}

void begin(ThreadState& state, platform::StackBounds stack) {
  state.enterRuntime();
  threadLocals.state = &state;  // before the thread is opened to signal handlers: they must not adopt it
  threadLocals.isClosed = false;
  detector().startThread(state, &__snag_thread, static_cast<uint32_t>(platform::systemCall(SYS_gettid)));
  noteStorage(*state.record, stack);
  pthread_setspecific(endKey, roundsLeft(PTHREAD_DESTRUCTOR_ITERATIONS));
  leaveRuntime(state);
}

}  // namespace

void installThreadEndHandler() {
  pthread_key_create(&endKey, onThreadEnd);
  dl_iterate_phdr(measureStaticTls, nullptr);
}

namespace {

constinit std::atomic<uintptr_t> threadStarts[4];  // one for each kind of thread that libc has; 0: free

}  // namespace

void noteThreadStart(uintptr_t pc) {
  for (std::atomic<uintptr_t>& start : threadStarts) {
    uintptr_t known = 0;
    if (start.load(std::memory_order_relaxed) == pc || start.compare_exchange_strong(known, pc) || known == pc) return;
  }
}

bool isThreadStart(uintptr_t pc) {
  for (const std::atomic<uintptr_t>& start : threadStarts)
    if (start.load(std::memory_order_relaxed) == pc) return true;
  return false;
}

void beginMainThread(ThreadState& state) {
  begin(state, mainStack());
  threadMap().add(pthread_self(), &state);
}

void beginThread(ThreadState& state) {
  threadLocals.startFrame = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  threadLocals.isClosed = true;  // finding the stack may allocate: not an event of the program
  const platform::StackBounds stack = ownStack();
  // Its addresses belonged to other threads before.
  if (stack.end != 0) detector().forgetRange(stack.start, stack.end - stack.start);
  begin(state, stack);
}

namespace {

// One for each place where such threads were created. The states are freed by joins only, and who would join now?
struct Leaks {
  static constexpr size_t kMost = 32;
  const ThreadRecord* threads[kMost];
  size_t count = 0;

  void add(const ThreadRecord& thread) {
    for (size_t i = 0; i < count; ++i)
      if (threads[i]->creation == thread.creation) return;
    if (count < kMost) threads[count++] = &thread;
  }
};

// What a library does with threads of its own is its affair. The C++ library stands between std::thread and its user.
bool isCreatedByProgram(const ThreadRecord& thread) {
  const Detector::ContextInfo creation = detector().context(thread.creation);
  if (creation.frameCount == 0) return false;
  const uintptr_t caller = creation.frames[0];
  if (isProgramCode(caller)) return true;
  return isInSystemLibrary(caller) && !isInLibc(caller) && creation.frameCount > 1 && isProgramCode(creation.frames[1]);
}

void reportLeak(ThreadState& caller, const ThreadRecord& leaked) {
  Misuse misuse;
  misuse.kind = MisuseKind::ThreadLeak;
  misuse.text = leaked.name[0] != 0 ? leaked.name : "thread";
  misuse.add({MisuseRole::Caught, &leaked, leaked.creation});
  detector().reportMisuse(caller, misuse);
}

}  // namespace

void reportThreadLeaks() {
  const bool isAfterMain = mainThreadHasEnded.load(std::memory_order_relaxed);
  // The process ends on the thread that ended last, when that is no longer known. It becomes one of its own.
  if (isAfterMain && threadLocals.state == nullptr) threadLocals.isClosed = false;
  RuntimeScope scope;
  if (!scope) return;
  Leaks leaks;
  threadMap().forEach([&](const ThreadState& state) {
    const ThreadRecord& thread = *state.record;
    const bool isForgotten = isAfterMain ? thread.leftBehind : thread.finished;
    if (isForgotten && thread.number != 0 && isCreatedByProgram(thread)) leaks.add(thread);
  });
  for (size_t i = 0; i < leaks.count; ++i) reportLeak(scope.thread(), *leaks.threads[i]);
}

ThreadState* adoptThread() {
  if (threadLocals.isClosed || !runtimeIsActive()) return nullptr;
  threadLocals.isClosed = true;
  ThreadState* state = detector().createThread(nullptr, Place{});
  begin(*state, platform::StackBounds{});
  detector().detachThread(state);
  return state;
}

}  // namespace snag
