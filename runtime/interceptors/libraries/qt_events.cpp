// Qt 5 and Qt 6: events, signals that are delivered on another thread, the ends of threads, jobs of thread pools and
// futures. Inside itself the library calls its own functions directly, where no interceptor is asked. Three things
// reach us all the same: what the program calls; the callbacks that Qt offers to debuggers (before every event, and at
// the begin and end of every signal and of the slots that it calls at once); and the functions of the program's
// objects.
#include "interceptors/hand_over.h"
#include "interceptors/libraries/library_model.h"
#include "interceptors/openmp/sync_clock.h"

using namespace snag;
using namespace snag::library;

namespace {

struct QtDeadline {  // QDeadlineTimer, by value in two registers
  long when;
  long kind;
};

constexpr int kBlocking = 3, kQueued = 2;  // Qt::ConnectionType
constexpr int kEventNotify = 0;            // QInternal::Callback
using EventCallback = bool (*)(void** event);

// What qt_register_signal_spy_callbacks expects since Qt 5.14.
struct SignalSpy {
  void (*signalBegin)(void* sender, int signal, void** arguments);
  void (*slotBegin)(void* receiver, int slot, void** arguments);
  void (*signalEnd)(void* sender, int signal);
  void (*slotEnd)(void* receiver, int slot);
};

}  // namespace

extern "C" {
// --- the application, and what it offers to debuggers ---
void _ZN16QCoreApplicationC1ERiPPci(void* self, int* count, char** arguments, int flags);
void _ZN16QCoreApplicationC2ERiPPci(void* self, int* count, char** arguments, int flags);
void _ZN16QCoreApplicationC2ER23QCoreApplicationPrivate(void* self, void* inner);
bool _ZN9QInternal16registerCallbackENS_8CallbackEPFbPPvE(int which, EventCallback callback);
void _Z32qt_register_signal_spy_callbacksP21QSignalSpyCallbackSet(SignalSpy* spy);
bool _ZN16QCoreApplication15notifyInternal2EP7QObjectP6QEvent(void* receiver, void* event);
// --- events ---
void _ZN16QCoreApplication9postEventEP7QObjectP6QEventi(void* receiver, void* event, int priority);
void _ZN7QObject11deleteLaterEv(void* object);
bool _ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv(void* object,
                                                                                                       void* slot,
                                                                                                       int type,
                                                                                                       void* result);
void* _ZN7QObject11connectImplEPKS_PPvS1_S3_PN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPKiPK11QMetaObject(
    void* connection, const void* sender, void** signal, const void* receiver, void** slot, void* slotObject, int type,
    const int* types, const void* metaObject);
// --- threads ---
void _ZN7QThread5startENS_8PriorityE(void* thread, int priority);
bool _ZN7QThread4waitEm(void* thread, unsigned long milliseconds);
bool _ZN7QThread4waitE14QDeadlineTimer(void* thread, QtDeadline end);
bool _ZNK7QThread10isFinishedEv(const void* thread);
void _ZN7QThread4quitEv(void* thread);
void _ZN7QThread4exitEi(void* thread, int code);
int _ZN7QThread4execEv(void* thread);
void _ZN7QThread19requestInterruptionEv(void* thread);
bool _ZNK7QThread23isInterruptionRequestedEv(const void* thread);
void* _ZN7QThread13currentThreadEv();
// --- thread pools ---
void _ZN11QThreadPool5startEP9QRunnablei(void* pool, void* job, int priority);
bool _ZN11QThreadPool8tryStartEP9QRunnable(void* pool, void* job);
void _ZN11QThreadPool5startESt8functionIFvvEEi(void* pool, void* function, int priority);
bool _ZN11QThreadPool8tryStartESt8functionIFvvEE(void* pool, void* function);
bool _ZN11QThreadPool11waitForDoneEi(void* pool, int milliseconds);
void _ZN11QThreadPoolD1Ev(void* pool);
void* _ZN9QRunnable6createESt8functionIFvvEE(void* function);
}

namespace {

SNAG_REAL(_ZN16QCoreApplicationC1ERiPPci);
SNAG_REAL(_ZN16QCoreApplicationC2ERiPPci);
SNAG_REAL(_ZN16QCoreApplicationC2ER23QCoreApplicationPrivate);
SNAG_REAL(_ZN9QInternal16registerCallbackENS_8CallbackEPFbPPvE);
SNAG_REAL(_Z32qt_register_signal_spy_callbacksP21QSignalSpyCallbackSet);
SNAG_REAL(_ZN16QCoreApplication15notifyInternal2EP7QObjectP6QEvent);
SNAG_REAL(_ZN16QCoreApplication9postEventEP7QObjectP6QEventi);
SNAG_REAL(_ZN7QObject11deleteLaterEv);
SNAG_REAL(_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv);
SNAG_REAL(_ZN7QObject11connectImplEPKS_PPvS1_S3_PN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPKiPK11QMetaObject);
SNAG_REAL(_ZN7QThread5startENS_8PriorityE);
SNAG_REAL(_ZN7QThread4waitEm);
SNAG_REAL(_ZN7QThread4waitE14QDeadlineTimer);
SNAG_REAL(_ZNK7QThread10isFinishedEv);
SNAG_REAL(_ZN7QThread4quitEv);
SNAG_REAL(_ZN7QThread4exitEi);
SNAG_REAL(_ZN7QThread4execEv);
SNAG_REAL(_ZN7QThread19requestInterruptionEv);
SNAG_REAL(_ZNK7QThread23isInterruptionRequestedEv);
SNAG_REAL(_ZN7QThread13currentThreadEv);
SNAG_REAL(_ZN11QThreadPool5startEP9QRunnablei);
SNAG_REAL(_ZN11QThreadPool8tryStartEP9QRunnable);
SNAG_REAL(_ZN11QThreadPool5startESt8functionIFvvEEi);
SNAG_REAL(_ZN11QThreadPool8tryStartESt8functionIFvvEE);
SNAG_REAL(_ZN11QThreadPool11waitForDoneEi);
SNAG_REAL(_ZN11QThreadPoolD1Ev);
SNAG_REAL(_ZN9QRunnable6createESt8functionIFvvEE);

// --- what Qt packs up for another thread ----------------------------------------------------------------

void beginHandOver(bool mayCopy) {
  HandOver& state = handOver;
  if (state.depth++ == 0) state.count = 0;
  state.mayCopy = mayCopy;
}
void endHandOver() {
  endCopies();
  if (handOver.depth != 0) --handOver.depth;
}

// What the deliveries of events did, for those who waited for one. Events share clocks at random.
struct Deliveries {
  SyncClock clocks[256];
};
constinit Deliveries* deliveries = nullptr;  // written once, before there are any
SyncClock& deliveryOf(uintptr_t event) { return deliveries->clocks[event * 0x9e37'79b9'7f4a'7c15 >> 56]; }

// The calling thread has waited until the events that it just handed over were delivered.
void acquireDeliveries() {
  const HandOver& state = handOver;
  if (deliveries == nullptr) return;
  for (size_t i = 0; i < state.count && i < HandOver::kMost; ++i) deliveryOf(state.blocks[i]).acquire();
}

// --- delivery -------------------------------------------------------------------------------------------

constinit thread_local const void* eventInDelivery = nullptr;

// Before every event, with its receiver, itself, and where to put the result. Delivers it in Qt's place, by the same
// function, to see the end of it too.
bool onEvent(void** call) {
  void *receiver = call[0], *event = call[1];
  if (event == eventInDelivery || !runtimeIsActive()) return false;
  const void* outer = eventInDelivery;
  const HandOver packing = handOver;
  handOver = {};
  noteAcquire(event);
  eventInDelivery = event;
  *static_cast<bool*>(call[2]) = real__ZN16QCoreApplication15notifyInternal2EP7QObjectP6QEvent(receiver, event);
  eventInDelivery = outer;
  deliveryOf(addressOf(event)).release();
  handOver = packing;
  return true;
}

// --- signals --------------------------------------------------------------------------------------------

// Objects with a connection whose sender waits for the receiver. Never forgotten; objects may share a place.
constexpr size_t kSenders = 4096;
constinit std::atomic<bool> hasBlockingConnection[kSenders];
std::atomic<bool>& blockingPlace(const void* sender) {
  return hasBlockingConnection[addressOf(sender) * 0x9e37'79b9'7f4a'7c15 >> 52];
}

// A thread's last signal, "finished", comes after all that the program does there, unless its signals are blocked.
void onSignalBegin(void* sender, int, void**) {
  if (sender == real__ZN7QThread13currentThreadEv()) noteRelease(sender);
  beginHandOver(true);
}
void onSlotBegin(void*, int, void**) { endCopies(); }
void onSignalEnd(void* sender, int) {
  if (blockingPlace(sender).load(std::memory_order_relaxed)) acquireDeliveries();
  endHandOver();
}
void onSlotEnd(void*, int) {}

constinit SignalSpy spy{onSignalBegin, onSlotBegin, onSignalEnd, onSlotEnd};

// Qt keeps callbacks without a lock: early, while it has one thread.
void registerWithQt() {
  static constinit std::atomic<bool> isRegistered{false};
  if (!runtimeIsActive() || isRegistered.exchange(true)) return;
  deliveries = arenaNew<Deliveries>();
  if (auto set = real__ZN9QInternal16registerCallbackENS_8CallbackEPFbPPvE.find()) set(kEventNotify, onEvent);
  if (auto set = real__Z32qt_register_signal_spy_callbacksP21QSignalSpyCallbackSet.find()) set(&spy);
}

// --- functions of the program's objects -----------------------------------------------------------------

// A copy of an object's table of virtual functions, with the one exchanged that runs it. A copy is kept for good.
struct CopiedTable {
  static constexpr size_t kFunctions = 256, kBefore = 8;
  void* const* original;
  void* pool;  // that runs the object; null for threads
  CopiedTable* next;
  void* before[kBefore];  // where virtual bases are; how far this part of the object is from its start; the type
  void* functions[kFunctions];
};
using Run = void (*)(void* object);

// Which function it is, and ours in its place.
struct Exchange {
  size_t index;
  Run run;
};

constinit SpinLock tablesLock;
constinit std::atomic<CopiedTable*> tables{nullptr};  // tablesLock is held by who adds one

const CopiedTable* tableAt(void* const* functions) {
  for (CopiedTable* table = tables.load(std::memory_order_acquire); table != nullptr; table = table->next)
    if (table->functions == functions) return table;
  return nullptr;
}
const CopiedTable* tableOf(const void* object) { return tableAt(*static_cast<void* const* const*>(object)); }

// The end of a table is not marked. Behind it is another one, which begins with a small number.
bool isFunction(const void* entry) { return addressOf(entry) >= 4096 && addressOf(entry) < uintptr_t{1} << 47; }

// Nor is the beginning, but these two words are always there.
size_t wordsBefore(void* const* original) {
  const size_t onPage = (addressOf(original) & 4095) / sizeof(void*);
  return onPage < 2 ? 2 : onPage < CopiedTable::kBefore ? onPage : CopiedTable::kBefore;
}

CopiedTable* copyTable(void* const* original, void* pool, Exchange exchange) {
  auto* table = arenaNew<CopiedTable>();
  table->original = original;
  table->pool = pool;
  for (size_t i = 1; i <= wordsBefore(original); ++i) table->before[CopiedTable::kBefore - i] = original[-i];
  for (size_t i = 0; i < CopiedTable::kFunctions && isFunction(original[i]); ++i) table->functions[i] = original[i];
  table->functions[exchange.index] = reinterpret_cast<void*>(exchange.run);
  table->next = tables.load(std::memory_order_relaxed);
  tables.store(table, std::memory_order_release);
  return table;
}

void adopt(void* object, void* pool, Exchange exchange) {
  auto place = static_cast<void* const**>(object);
  const CopiedTable* present = tableAt(*place);
  void* const* original = present != nullptr ? present->original : *place;
  SpinGuard guard(tablesLock);
  CopiedTable* table = tables.load(std::memory_order_relaxed);
  while (table != nullptr && (table->original != original || table->pool != pool)) table = table->next;
  if (table == nullptr) table = copyTable(original, pool, exchange);
  *place = table->functions;
}

// --- jobs -----------------------------------------------------------------------------------------------

// A job is a QRunnable; its first virtual function runs it, and the pool's threads call that directly.
void runJob(void* job) {
  const CopiedTable* table = tableOf(job);
  noteAcquire(job);
  reinterpret_cast<Run>(table->original[0])(job);
  noteRelease(table->pool);
}
constexpr Exchange kRunJob{0, runJob};

void* adoptJob(void* pool, void* job) {
  if (job == nullptr || !runtimeIsActive()) return job;
  adopt(job, pool, kRunJob);
  noteRelease(job);
  return job;
}

void deleteJob(void* job) {
  constexpr size_t kDeletingDestructor = 2;
  reinterpret_cast<Run>((*static_cast<void* const**>(job))[kDeletingDestructor])(job);
}

}  // namespace

// --- the application ------------------------------------------------------------------------------------

SNAG_INTERCEPTOR void _ZN16QCoreApplicationC1ERiPPci(void* self, int* count, char** arguments, int flags) {
  registerWithQt();
  real__ZN16QCoreApplicationC1ERiPPci(self, count, arguments, flags);
}
SNAG_INTERCEPTOR void _ZN16QCoreApplicationC2ERiPPci(void* self, int* count, char** arguments, int flags) {
  registerWithQt();
  real__ZN16QCoreApplicationC2ERiPPci(self, count, arguments, flags);
}
SNAG_INTERCEPTOR void _ZN16QCoreApplicationC2ER23QCoreApplicationPrivate(void* self, void* inner) {
  registerWithQt();
  real__ZN16QCoreApplicationC2ER23QCoreApplicationPrivate(self, inner);
}

// --- events ---------------------------------------------------------------------------------------------

SNAG_INTERCEPTOR void _ZN16QCoreApplication9postEventEP7QObjectP6QEventi(void* receiver, void* event, int priority) {
  if (event != nullptr) noteRelease(event);
  real__ZN16QCoreApplication9postEventEP7QObjectP6QEventi(receiver, event, priority);
}
SNAG_INTERCEPTOR void _ZN7QObject11deleteLaterEv(void* object) {
  beginHandOver(true);
  real__ZN7QObject11deleteLaterEv(object);
  endHandOver();
}
SNAG_INTERCEPTOR bool _ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv(
    void* object, void* slot, int type, void* result) {
  beginHandOver(type == kQueued || type == kBlocking);
  const bool isInvoked =
      real__ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv(
          object, slot, type, result);
  if (type == kBlocking) acquireDeliveries();
  endHandOver();
  return isInvoked;
}
SNAG_INTERCEPTOR void*
_ZN7QObject11connectImplEPKS_PPvS1_S3_PN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPKiPK11QMetaObject(
    void* connection, const void* sender, void** signal, const void* receiver, void** slot, void* slotObject, int type,
    const int* types, const void* metaObject) {
  if ((type & 3) == kBlocking) blockingPlace(sender).store(true, std::memory_order_relaxed);
  return real__ZN7QObject11connectImplEPKS_PPvS1_S3_PN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPKiPK11QMetaObject(
      connection, sender, signal, receiver, slot, slotObject, type, types, metaObject);
}

// --- threads --------------------------------------------------------------------------------------------

namespace {
// The function that the program gives to a thread: the only one that QThread adds to the twelve of QObject.
constexpr size_t kThreadRun = 12;
void runThread(void* thread) {
  reinterpret_cast<Run>(tableOf(thread)->original[kThreadRun])(thread);
  noteRelease(thread);
}
constexpr Exchange kRunThread{kThreadRun, runThread};

bool ifOver(bool isOver, const void* thread) {
  if (isOver) noteAcquire(thread);
  return isOver;
}
}  // namespace

SNAG_INTERCEPTOR void _ZN7QThread5startENS_8PriorityE(void* thread, int priority) {
  registerWithQt();
  if (thread != nullptr && runtimeIsActive()) adopt(thread, nullptr, kRunThread);
  real__ZN7QThread5startENS_8PriorityE(thread, priority);
}
SNAG_INTERCEPTOR bool _ZN7QThread4waitEm(void* thread, unsigned long milliseconds) {
  return ifOver(real__ZN7QThread4waitEm(thread, milliseconds), thread);
}
SNAG_INTERCEPTOR bool _ZN7QThread4waitE14QDeadlineTimer(void* thread, QtDeadline end) {
  return ifOver(real__ZN7QThread4waitE14QDeadlineTimer(thread, end), thread);
}
SNAG_INTERCEPTOR bool _ZNK7QThread10isFinishedEv(const void* thread) {
  return ifOver(real__ZNK7QThread10isFinishedEv(thread), thread);
}
SNAG_INTERCEPTOR void _ZN7QThread4quitEv(void* thread) {
  noteRelease(thread);
  real__ZN7QThread4quitEv(thread);
}
SNAG_INTERCEPTOR void _ZN7QThread4exitEi(void* thread, int code) {
  noteRelease(thread);
  real__ZN7QThread4exitEi(thread, code);
}
SNAG_INTERCEPTOR int _ZN7QThread4execEv(void* thread) {
  const int code = real__ZN7QThread4execEv(thread);
  noteAcquire(thread);
  return code;
}
SNAG_INTERCEPTOR void _ZN7QThread19requestInterruptionEv(void* thread) {
  noteRelease(thread);
  real__ZN7QThread19requestInterruptionEv(thread);
}
SNAG_INTERCEPTOR bool _ZNK7QThread23isInterruptionRequestedEv(const void* thread) {
  return ifOver(real__ZNK7QThread23isInterruptionRequestedEv(thread), thread);
}

// --- thread pools ---------------------------------------------------------------------------------------

SNAG_INTERCEPTOR void _ZN11QThreadPool5startEP9QRunnablei(void* pool, void* job, int priority) {
  real__ZN11QThreadPool5startEP9QRunnablei(pool, adoptJob(pool, job), priority);
}
SNAG_INTERCEPTOR bool _ZN11QThreadPool8tryStartEP9QRunnable(void* pool, void* job) {
  return real__ZN11QThreadPool8tryStartEP9QRunnable(pool, adoptJob(pool, job));
}
// As Qt does it: a function becomes a job.
SNAG_INTERCEPTOR void _ZN11QThreadPool5startESt8functionIFvvEEi(void* pool, void* function, int priority) {
  if (!runtimeIsActive()) return real__ZN11QThreadPool5startESt8functionIFvvEEi(pool, function, priority);
  void* job = real__ZN9QRunnable6createESt8functionIFvvEE(function);
  real__ZN11QThreadPool5startEP9QRunnablei(pool, adoptJob(pool, job), priority);
}
SNAG_INTERCEPTOR bool _ZN11QThreadPool8tryStartESt8functionIFvvEE(void* pool, void* function) {
  if (!runtimeIsActive()) return real__ZN11QThreadPool8tryStartESt8functionIFvvEE(pool, function);
  void* job = real__ZN9QRunnable6createESt8functionIFvvEE(function);
  const bool isStarted = real__ZN11QThreadPool8tryStartEP9QRunnable(pool, adoptJob(pool, job));
  if (!isStarted) deleteJob(job);
  return isStarted;
}
SNAG_INTERCEPTOR bool _ZN11QThreadPool11waitForDoneEi(void* pool, int milliseconds) {
  const bool isDone = real__ZN11QThreadPool11waitForDoneEi(pool, milliseconds);
  if (isDone) noteAcquire(pool);
  return isDone;
}
SNAG_INTERCEPTOR void _ZN11QThreadPoolD1Ev(void* pool) {
  real__ZN11QThreadPoolD1Ev(pool);
  noteAcquire(pool);
}
