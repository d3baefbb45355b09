// Start-up and shut-down, in order. The lists are startRuntime and finishRun; the rest is what they call.
#include "runtime.h"

#include <sys/resource.h>

#include <new>

#include "interceptors/barrier.h"
#include "interceptors/condition_waiters.h"
#include "interceptors/descriptor_use.h"
#include "interceptors/heap.h"
#include "interceptors/process.h"
#include "interceptors/program_code.h"
#include "interceptors/quiet_modules.h"
#include "interceptors/real_function.h"
#include "interceptors/thread_lifetime.h"
#include "interceptors/thread_map.h"
#include "message.h"
#include "platform/linux/directory.h"
#include "platform/linux/symbols.h"
#include "platform/linux/unwind.h"
#include "platform/linux/x86_64/syscall.h"
#include "report/report_sink.h"

// Initialised before any code of the program runs: no inline test against it succeeds.
__thread SnagThread __snag_thread __attribute__((tls_model("initial-exec"))) = SNAG_UNKNOWN_THREAD;
extern "C" const char __snag_runtime_is_missing__link_with_snag_clang = 0;

namespace snag {

constinit thread_local ThreadLocals threadLocals;
alignas(Detector) char detectorStorage[sizeof(Detector)];  // never destroyed: hooks run after destructors

namespace {

constinit Options theOptions;
alignas(ReportSink) char sinkStorage[sizeof(ReportSink)];  // the same
constinit std::atomic<bool> active{false};
constinit std::atomic<uint32_t> modules{0};

// Which process the runtime was started in, and how far its end has come.
enum class End : uint32_t { NotYet, Finishing, Finished };
struct Process {
  uint32_t id = 0;
  std::atomic<End> end{End::NotYet};
  uint32_t finisher = 0;  // system's thread id; valid from Finishing on
  int exitCode = 0;       // valid when Finished
};
constinit Process process;

ReportSink& sink() { return *reinterpret_cast<ReportSink*>(sinkStorage); }

uint32_t processId() { return static_cast<uint32_t>(platform::systemCall(SYS_getpid)); }
uint32_t threadId() { return static_cast<uint32_t>(platform::systemCall(SYS_gettid)); }

void printLine(void*, const char* line, size_t length) {
  platform::systemCall(SYS_write, 2, line, static_cast<long>(length));
}
void say(const Message& message) { printLine(nullptr, message.text(), message.length()); }

[[noreturn]] void endProcess(int code) {
  for (;;) platform::systemCall(SYS_exit_group, code);
}

// --- start-up -------------------------------------------------------------------------------------------

const char* findVariable(char** environment, const char* prefix) {
  for (; *environment != nullptr; ++environment) {
    size_t i = 0;
    while (prefix[i] != 0 && (*environment)[i] == prefix[i]) ++i;
    if (prefix[i] == 0) return *environment + i;
  }
  return nullptr;
}

void readOptions(char** environment) {
  parseTsanOptions(findVariable(environment, "TSAN_OPTIONS="), theOptions);
  parseOptions(findVariable(environment, "SNAG_OPTIONS="), theOptions, printLine, nullptr);
  if (theOptions.help) printOptionHelp(printLine, nullptr);
}

// Without its directory nothing may be lost: findings are then printed.
void prepareLogDirectory() {
  if (theOptions.log_dir.text[0] == 0) return;
  const OptionText given = theOptions.log_dir;
  const char* problem = platform::makeAbsolute(given.text, theOptions.log_dir.text, OptionText::kCapacity)
                            ? platform::prepareDirectory(theOptions.log_dir.text)
                            : "the path is too long";
  if (problem == nullptr) return;
  say(Message() << "Snag: cannot write to log_dir '" << given.text << "': " << problem
                << ". Findings are printed instead; create the directory, or give one that this user may write to.\n");
  theOptions.log_dir.text[0] = 0;
}

// With an unlimited stack the kernel puts libraries where the layout has no shadow for them. A limit that is larger
// than any stack brings them back, but only exec lays the process out anew.
void restartWithStackLimit(char** arguments, char** environment) {
  rlimit limit{};
  platform::systemCall(SYS_prlimit64, 0, RLIMIT_STACK, 0, &limit);
  char path[4096] = {};
  const long length = platform::systemCall(SYS_readlink, "/proc/self/exe", path, static_cast<long>(sizeof path) - 1);
  if (limit.rlim_cur != RLIM_INFINITY || platform::isError(length)) return;
  limit.rlim_cur = 1 << 30;
  if (platform::isError(platform::systemCall(SYS_prlimit64, 0, RLIMIT_STACK, &limit, 0))) return;
  platform::systemCall(SYS_execve, path, arguments, environment);
}

void requireUsualPlaces(const AddressLayout& layout, char** arguments, char** environment) {
  const uintptr_t library = reinterpret_cast<uintptr_t>(platform::nextSymbol("read", nullptr));
  const uintptr_t code = reinterpret_cast<uintptr_t>(&requireUsualPlaces);
  const uintptr_t stack = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  if (layout.hasShadow(library) && layout.hasShadow(code) && layout.hasShadow(stack)) return;
  restartWithStackLimit(arguments, environment);
  say((Message() << "Snag: this process lies at addresses that have no shadow (a library at ").hex(library)
      << "). Limit the stack (ulimit -s 8192) and link dynamically.\n");
  endProcess(1);
}

// Instrumented code reads the shadow even while nothing is checked, so this is done whatever the options say.
void reserveShadow(const AddressLayout& layout) {
  for (size_t i = 0; i < layout.ranges; ++i) {
    const AddressRange range = layout.shadowRange(i);
    if (platform::reserveAt(range.start, range.end - range.start)) continue;
    say((Message() << "Snag: cannot reserve the shadow memory at ").hex(range.start)
        << ": the system refuses it, or something is mapped there already. Usual causes: a limit on address space "
           "(ulimit -v) and vm.overcommit_memory=2.\n");
    endProcess(1);
  }
}

// halt_on_error: the first finding is out. The thread is still inside the runtime, so what the program does about it is
// not watched; it is about to end.
void haltAtFinding() {
  runReportCallbacks();
  finishRun(1);
  endProcess(theOptions.exitcode != 0 ? static_cast<int>(theOptions.exitcode) : 1);
}

// The tool opens the file, and by then the program may have changed its directory. A path that does not fit is left to
// the tool to complain about.
void makeAbsolute(OptionText& path) {
  const OptionText given = path;
  if (given.text[0] == 0) return;
  if (!platform::makeAbsolute(given.text, path.text, OptionText::kCapacity)) path = given;
}

ReportConfig reportConfig() {
  ReportConfig config;
  config.logDir = theOptions.log_dir.text;
  config.toolPath = theOptions.tool.text;
  config.color = theOptions.color.text;
  config.suppressions = theOptions.suppressions.text;
  config.reportStyle = theOptions.report_style.text;
  config.logPath = theOptions.log_path.text;
  config.verbosity = static_cast<uint32_t>(theOptions.verbosity);
  config.findHeapBlock = findHeapBlock;
  config.asMisuse = asDescriptorRace;
  config.found = keepForCallbacks;
  config.halt = theOptions.halt_on_error ? haltAtFinding : nullptr;
  return config;
}

void constructDetector() {
  DetectorConfig config;
  config.layout = kLinuxX86_64;
  config.exact = theOptions.exact;
  config.skipAlone = theOptions.skip_alone;
  config.segmentIds = static_cast<uint32_t>(theOptions.segment_ids);
  config.logBudgetBytes = static_cast<uint64_t>(theOptions.log_budget_mb) << 20;
  ReportSink* theSink = new (sinkStorage) ReportSink(reportConfig());
  theSink->setDetector(new (detectorStorage) Detector(config, *theSink));
}

void startRuntime(int, char** arguments, char** environment) {
  readOptions(environment);
  requireUsualPlaces(kLinuxX86_64, arguments, environment);
  reserveShadow(kLinuxX86_64);
  if (!theOptions.enabled) return;

  process.id = processId();
  prepareLogDirectory();
  makeAbsolute(theOptions.suppressions);
  makeAbsolute(theOptions.log_path);
  resolveRealFunctions();
  findQuietModules();
  platform::findUnwinder();
  constructDetector();
  installThreadEndHandler();
  beginMainThread(*detector().createThread(nullptr, Place{}));
  prepareHeap();
  installProcessHandlers();
  active.store(true, std::memory_order_release);
}

// Before the constructors of every shared library; --whole-archive keeps this object in the link.
[[gnu::section(".preinit_array"), gnu::used]] void (*startRuntimeEntry)(int, char**, char**) = startRuntime;

// --- shut-down ------------------------------------------------------------------------------------------

// The option verbosity=2; docs/speed.md says what each number counts.
void sayStatistics(const DetectorStatistics& statistics) {
  const ThreadCounts& counts = statistics.counts;
  const uint64_t checks = counts.checks.get();
  say(Message() << "Snag: statistics: threads=" << statistics.threads << " checks=" << checks
                << " remembered=" << checks - counts.decided.get() << " ranges=" << counts.ranges.get() << " atomics="
                << counts.atomics.get() << " careful=" << counts.careful.get() << " segments=" << counts.segments.get()
                << " locks=" << counts.locks.get() << " races=" << statistics.races
                << " collections=" << statistics.collections << " compactions=" << statistics.compactions
                << " cuts=" << statistics.cuts << " forgotten=" << statistics.forgotten << "\n");
}

// Another thread is at it, or this one was when a signal handler ended the process again.
int joinFinish(int status) {
  if (process.finisher == threadId()) return status;
  while (process.end.load(std::memory_order_acquire) != End::Finished) platform::yield();
  return process.exitCode;
}

}  // namespace

bool runtimeIsActive() { return active.load(std::memory_order_acquire); }
const Options& options() { return theOptions; }

void runDeferredWork(ThreadState& thread) {
  thread.hasDeferredWork.store(false, std::memory_order_relaxed);
  runDeferredSignal();
  runReportCallbacks();
}

int finishRun(int status) {
  if (!runtimeIsActive() || processId() != process.id) return status;  // a child of vfork or clone is not a run
  End expected = End::NotYet;
  if (!process.end.compare_exchange_strong(expected, End::Finishing)) return joinFinish(status);
  process.finisher = threadId();

  const DetectorStatistics statistics = detector().statistics();
  const uint32_t findings = sink().finish({statistics, modules.load()});
  if (theOptions.verbosity >= 2) sayStatistics(statistics);
  process.exitCode = findings != 0 && theOptions.exitcode != 0 ? static_cast<int>(theOptions.exitcode) : status;
  process.end.store(End::Finished, std::memory_order_release);
  return process.exitCode;
}

// --- fork -----------------------------------------------------------------------------------------------

namespace {

// Set between the calls around fork, by the forking thread; false if the runtime could not take part.
constinit thread_local bool forkIsBracketed = false;

}  // namespace

void runtimeBeforeFork() {
  RuntimeScope scope;
  if (!scope) return;
  scope.keep();
  forkIsBracketed = true;
  threadMap().beforeFork();
  conditionWaiters().beforeFork();
  barriersBeforeFork();
  // Threads report from inside the detector: none of them may be waiting there for the sink.
  detector().beforeFork();
  sink().beforeFork();
}

void runtimeAfterForkInParent() {
  if (!forkIsBracketed) return;
  forkIsBracketed = false;
  sink().afterForkInParent();
  detector().afterForkInParent();
  barriersAfterForkInParent();
  conditionWaiters().afterForkInParent();
  threadMap().afterForkInParent();
  leaveRuntime(*threadLocals.state);
}

void runtimeAfterForkInChild() {
  if (!forkIsBracketed) return;
  forkIsBracketed = false;
  process.id = processId();
  process.end.store(End::NotYet, std::memory_order_relaxed);
  threadLocals.state->record->osId = threadId();  // who owns a lock is told by it
  detector().afterForkInChild(*threadLocals.state);
  sink().afterForkInChild();
  barriersAfterForkInChild();
  conditionWaiters().afterForkInChild();
  threadMap().afterForkInChild(threadLocals.state);
  leaveRuntime(*threadLocals.state);
}

// --- modules --------------------------------------------------------------------------------------------

void registerModule(const SnagModule& module) {
  modules.fetch_add(1, std::memory_order_relaxed);
  noteProgramModule(reinterpret_cast<uintptr_t>(&module));
  if (module.hookVersion == SNAG_HOOK_VERSION) return;
  say(Message() << "Snag: " << module.sourceName << " was compiled for hook version " << module.hookVersion
                << ", this runtime speaks version " << uint32_t{SNAG_HOOK_VERSION}
                << ": recompile it with the snag-clang of this Snag.\n");
  endProcess(1);
}

}  // namespace snag
