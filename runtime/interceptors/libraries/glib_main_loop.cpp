// GLib's main loops: a thread hands a source over, and the thread that serves the loop calls the program's functions.
// The loop's lock, under which that happens, is taken inside the library.
//
// Sources of the program's own (g_source_new) have functions of ours around theirs. Of the library's sources, the
// call-backs of idle and timeout ones are ours. All others are dispatched after the serving thread has polled, and
// learn there what was handed over.
#include "interceptors/libraries/library_model.h"
#include "interceptors/libraries/served_loop.h"
#include "interceptors/program_code.h"

using namespace snag;
using namespace snag::library;

using GlibFunction = int (*)(void* data);  // GSourceFunc
using GlibNotify = void (*)(void* data);

namespace {

// A source begins with its call-back's data, the functions that count references to them, and its own functions.
struct SourceFunctions;
struct Source {
  void* data;
  const void* counting;
  const SourceFunctions* functions;
};

// GSourceFuncs.
struct SourceFunctions {
  int (*prepare)(Source* source, int* timeout);
  int (*check)(Source* source);
  int (*dispatch)(Source* source, GlibFunction function, void* data);
  void (*finalize)(Source* source);
  void* closure[2];
};

}  // namespace

extern "C" {
unsigned g_idle_add(GlibFunction function, void* data);
unsigned g_idle_add_full(int priority, GlibFunction function, void* data, GlibNotify notify);
unsigned g_timeout_add(unsigned interval, GlibFunction function, void* data);
unsigned g_timeout_add_full(int priority, unsigned interval, GlibFunction function, void* data, GlibNotify notify);
void g_main_context_invoke(void* context, GlibFunction function, void* data);
void g_main_context_invoke_full(void* context, int priority, GlibFunction function, void* data, GlibNotify notify);
void g_main_loop_run(void* loop);
void g_main_loop_quit(void* loop);
void* g_main_context_default();
void* g_main_current_source();
void* g_source_get_context(void* source);
void g_source_set_callback(void* source, GlibFunction function, void* data, GlibNotify notify);
unsigned g_source_attach(void* source, void* context);
void* g_main_loop_get_context(void* loop);
int g_main_context_iteration(void* context, int mayBlock);
int g_main_context_prepare(void* context, int* priority);
int g_main_context_check(void* context, int priority, void* descriptors, int count);
void g_main_context_dispatch(void* context);
int g_main_context_acquire(void* context);
void g_main_context_release(void* context);
void* g_source_new(const SourceFunctions* functions, unsigned bytes);
void g_source_set_funcs(void* source, const SourceFunctions* functions);
void g_source_destroy(void* source);
void g_source_unref(void* source);
}

namespace {

SNAG_REAL(g_idle_add_full);
SNAG_REAL(g_timeout_add_full);
SNAG_REAL(g_main_context_invoke_full);
SNAG_REAL(g_main_loop_run);
SNAG_REAL(g_main_loop_quit);
SNAG_REAL(g_main_context_default);
SNAG_REAL(g_main_current_source);
SNAG_REAL(g_source_get_context);
SNAG_REAL(g_source_set_callback);
SNAG_REAL(g_source_attach);
SNAG_REAL(g_main_loop_get_context);
SNAG_REAL(g_main_context_iteration);
SNAG_REAL(g_main_context_prepare);
SNAG_REAL(g_main_context_check);
SNAG_REAL(g_main_context_dispatch);
SNAG_REAL(g_main_context_acquire);
SNAG_REAL(g_main_context_release);
SNAG_REAL(g_source_new);
SNAG_REAL(g_source_set_funcs);
SNAG_REAL(g_source_destroy);
SNAG_REAL(g_source_unref);
constinit RealSymbol idleFunctionsSymbol{"g_idle_funcs", nullptr, nullptr},
    timeoutFunctionsSymbol{"g_timeout_funcs", nullptr, nullptr};

// --- call-backs -----------------------------------------------------------------------------------------

// What is called back, and by which loop: only one thread at a time serves a loop, but threads may take turns.
struct CallBack {
  GlibFunction function;
  void* data;
  GlibNotify notify;
  const void* loop;  // null as long as the source is not attached to one
};

constinit const char defaultLoop[8] = {};
const void* loopOf(const void* context) {
  return context != nullptr && context != real_g_main_context_default() ? context : defaultLoop;
}

// Of these it is known how they call back.
bool callsPlainly(const Source* source) {
  const void* functions = source->functions;
  return functions == idleFunctionsSymbol.find() || functions == timeoutFunctionsSymbol.find();
}

// Of a source that was made first and attached then.
int callBackOfSource(void* argument) {
  auto* call = static_cast<CallBack*>(argument);
  if (call->loop == nullptr) call->loop = loopOf(real_g_source_get_context(real_g_main_current_source()));
  noteAcquire(call->loop);
  const int result = call->function(call->data);
  noteRelease(call->loop);
  return result;
}

int callBack(void* argument) {
  auto* call = static_cast<CallBack*>(argument);
  noteAcquire(call->loop);
  const int result = call->function(call->data);
  noteRelease(call->loop);
  return result;
}

void endCallBack(void* argument) {
  auto* call = static_cast<CallBack*>(argument);
  if (call->notify != nullptr) {
    if (call->loop != nullptr) noteAcquire(call->loop);
    call->notify(call->data);
    if (call->loop != nullptr) noteRelease(call->loop);
  }
  arenaDelete(call);
}

CallBack* makeCallBack(GlibFunction function, void* data, GlibNotify notify, void* context) {
  CallBack* call = arenaNew<CallBack>(CallBack{function, data, notify, loopOf(context)});
  noteRelease(call->loop);
  return call;
}

constexpr int kDefaultPriority = 0, kIdlePriority = 200;

// --- sources of the program's own -----------------------------------------------------------------------

// The program's functions, and ours around them. Kept for good.
struct FollowedFunctions {
  SourceFunctions ours;
  SourceFunctions program;
  const SourceFunctions* given;
  FollowedFunctions* next;
};
constinit SpinLock followedLock;
constinit FollowedFunctions* followed = nullptr;  // by followedLock

const SourceFunctions& programFunctions(const Source* source) {
  return reinterpret_cast<const FollowedFunctions*>(source->functions)->program;
}

// Around a call on the thread that serves the source's loop.
template <typename Call>
int whileServing(Source* source, Call&& call) {
  const void* loop = loopOf(real_g_source_get_context(source));
  noteAcquire(loop);
  const int result = call();
  noteRelease(loop);
  noteRelease(source);
  return result;
}
int prepare(Source* source, int* timeout) {
  return whileServing(source, [=] { return programFunctions(source).prepare(source, timeout); });
}
int check(Source* source) {
  return whileServing(source, [=] { return programFunctions(source).check(source); });
}
int dispatch(Source* source, GlibFunction function, void* data) {
  return whileServing(source, [=] { return programFunctions(source).dispatch(source, function, data); });
}
// By whoever drops the last reference.
void finalize(Source* source) {
  noteAcquire(source);
  programFunctions(source).finalize(source);
}

bool isSame(const SourceFunctions& a, const SourceFunctions& b) { return __builtin_memcmp(&a, &b, sizeof a) == 0; }

// What to give to the library in place of the program's functions.
const SourceFunctions* follow(const SourceFunctions* given) {
  SpinGuard guard(followedLock);
  FollowedFunctions* known = followed;
  while (known != nullptr && (known->given != given || !isSame(known->program, *given))) known = known->next;
  if (known != nullptr) return &known->ours;
  SourceFunctions ours = *given;
  if (ours.prepare != nullptr) ours.prepare = prepare;
  if (ours.check != nullptr) ours.check = check;
  if (ours.dispatch != nullptr) ours.dispatch = dispatch;
  if (ours.finalize != nullptr) ours.finalize = finalize;
  followed = arenaNew<FollowedFunctions>(FollowedFunctions{ours, *given, given, followed});
  return &followed->ours;
}
// Sources of other libraries are left alone: they may be compared with what was given.
const SourceFunctions* followIfPrograms(const SourceFunctions* given, const Place& place) {
  const bool isPrograms = given != nullptr && runtimeIsActive() && isProgramCode(place.pc);
  return isPrograms ? follow(given) : given;
}

// --- the thread that serves a loop ----------------------------------------------------------------------

// Until the end of the block.
class Serving {
 public:
  explicit Serving(const void* loop) : outer_(servedLoop) { servedLoop = loop; }
  ~Serving() { servedLoop = outer_; }
  Serving(const Serving&) = delete;
  Serving& operator=(const Serving&) = delete;

 private:
  const void* const outer_;
};

}  // namespace

// --- sources of the library -------------------------------------------------------------------------------

SNAG_INTERCEPTOR unsigned g_idle_add_full(int priority, GlibFunction function, void* data, GlibNotify notify) {
  if (!runtimeIsActive()) return real_g_idle_add_full(priority, function, data, notify);
  return real_g_idle_add_full(priority, callBack, makeCallBack(function, data, notify, nullptr), endCallBack);
}
SNAG_INTERCEPTOR unsigned g_idle_add(GlibFunction function, void* data) {
  return g_idle_add_full(kIdlePriority, function, data, nullptr);
}
SNAG_INTERCEPTOR unsigned g_timeout_add_full(int priority, unsigned interval, GlibFunction function, void* data,
                                             GlibNotify notify) {
  if (!runtimeIsActive()) return real_g_timeout_add_full(priority, interval, function, data, notify);
  return real_g_timeout_add_full(priority, interval, callBack, makeCallBack(function, data, notify, nullptr),
                                 endCallBack);
}
SNAG_INTERCEPTOR unsigned g_timeout_add(unsigned interval, GlibFunction function, void* data) {
  return g_timeout_add_full(kDefaultPriority, interval, function, data, nullptr);
}
SNAG_INTERCEPTOR void g_main_context_invoke_full(void* context, int priority, GlibFunction function, void* data,
                                                 GlibNotify notify) {
  if (!runtimeIsActive()) return real_g_main_context_invoke_full(context, priority, function, data, notify);
  real_g_main_context_invoke_full(context, priority, callBack, makeCallBack(function, data, notify, context),
                                  endCallBack);
}
SNAG_INTERCEPTOR void g_main_context_invoke(void* context, GlibFunction function, void* data) {
  g_main_context_invoke_full(context, kDefaultPriority, function, data, nullptr);
}
SNAG_INTERCEPTOR void g_source_set_callback(void* source, GlibFunction function, void* data, GlibNotify notify) {
  if (!runtimeIsActive() || function == nullptr || !callsPlainly(static_cast<const Source*>(source)))
    return real_g_source_set_callback(source, function, data, notify);
  real_g_source_set_callback(source, callBackOfSource, arenaNew<CallBack>(CallBack{function, data, notify, nullptr}),
                             endCallBack);
}
SNAG_INTERCEPTOR unsigned g_source_attach(void* source, void* context) {
  if (runtimeIsActive()) noteRelease(loopOf(context));
  return real_g_source_attach(source, context);
}

// --- sources of the program's own -----------------------------------------------------------------------

SNAG_INTERCEPTOR void* g_source_new(const SourceFunctions* functions, unsigned bytes) {
  return real_g_source_new(followIfPrograms(functions, SNAG_CALLER), bytes);
}
SNAG_INTERCEPTOR void g_source_set_funcs(void* source, const SourceFunctions* functions) {
  real_g_source_set_funcs(source, followIfPrograms(functions, SNAG_CALLER));
}
SNAG_INTERCEPTOR void g_source_destroy(void* source) {
  if (source != nullptr && runtimeIsActive()) {
    const void* loop = loopOf(real_g_source_get_context(source));
    noteRelease(loop);
    noteAcquire(loop);
  }
  real_g_source_destroy(source);
}
SNAG_INTERCEPTOR void g_source_unref(void* source) {
  if (source != nullptr) noteRelease(source);
  real_g_source_unref(source);
}

// --- serving a loop -------------------------------------------------------------------------------------

SNAG_INTERCEPTOR void g_main_loop_run(void* loop) {
  if (!runtimeIsActive()) return real_g_main_loop_run(loop);
  const Serving serving(loopOf(real_g_main_loop_get_context(loop)));
  real_g_main_loop_run(loop);
  noteAcquire(loop);
  noteAcquire(servedLoop);
}
SNAG_INTERCEPTOR void g_main_loop_quit(void* loop) {
  noteRelease(loop);
  real_g_main_loop_quit(loop);
}
SNAG_INTERCEPTOR int g_main_context_iteration(void* context, int mayBlock) {
  if (!runtimeIsActive()) return real_g_main_context_iteration(context, mayBlock);
  const Serving serving(loopOf(context));
  return real_g_main_context_iteration(context, mayBlock);
}
SNAG_INTERCEPTOR int g_main_context_prepare(void* context, int* priority) {
  if (runtimeIsActive()) noteAcquire(loopOf(context));
  return real_g_main_context_prepare(context, priority);
}
SNAG_INTERCEPTOR int g_main_context_check(void* context, int priority, void* descriptors, int count) {
  if (runtimeIsActive()) noteAcquire(loopOf(context));
  return real_g_main_context_check(context, priority, descriptors, count);
}
SNAG_INTERCEPTOR void g_main_context_dispatch(void* context) {
  if (runtimeIsActive()) noteAcquire(loopOf(context));
  real_g_main_context_dispatch(context);
}
// Of the thread that owns the loop, one after another.
SNAG_INTERCEPTOR int g_main_context_acquire(void* context) {
  const int isTaken = real_g_main_context_acquire(context);
  if (isTaken != 0 && runtimeIsActive()) noteAcquire(loopOf(context));
  return isTaken;
}
SNAG_INTERCEPTOR void g_main_context_release(void* context) {
  if (runtimeIsActive()) noteRelease(loopOf(context));
  real_g_main_context_release(context);
}
