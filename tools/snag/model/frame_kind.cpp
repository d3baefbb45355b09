#include "model/frame_kind.h"

#include "model/function_name.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace snag::model {

namespace {

using std::string_view;

bool startsWithAny(string_view text, std::initializer_list<string_view> prefixes) {
  return std::ranges::any_of(prefixes, [&](string_view prefix) { return text.starts_with(prefix); });
}

bool contains(string_view text, string_view part) { return text.find(part) != string_view::npos; }

bool isLibraryFile(string_view file) {
  // Also ".../include/x86_64-linux-gnu/c++/12/...", where the target's own headers are.
  const size_t include = file.find("/include/");
  return (include != string_view::npos && contains(file.substr(include), "/c++/")) ||
         contains(file, "/libstdc++-v3/") || contains(file, "/libcxx/include/");
}

bool isLibraryModule(string_view module) {
  const string_view name = module.substr(module.rfind('/') + 1);
  return startsWithAny(name, {"libstdc++.so", "libc++.so", "libc++abi.so"});
}

bool isThreadStart(string_view function) {
  return startsWithAny(function, {"start_thread", "__libc_start", "__clone", "thread_start_trampoline"}) ||
         function == "clone" || function == "clone3" || function == "_start";
}

// glibc without debug symbols: unnamed frames there are thread start or an intercepted call.
bool isSystemModule(string_view module) {
  const string_view name = module.substr(module.rfind('/') + 1);
  return startsWithAny(name, {"libc.so", "libpthread.so", "libc-", "ld-linux"});
}

// Calls that the runtime stands in for. They have no user source, so a program's own function of that name is kept.
bool isInterceptedCall(string_view function) {
  constexpr std::array kNames = {string_view("malloc"),       string_view("calloc"), string_view("realloc"),
                                 string_view("free"),         string_view("memcpy"), string_view("memmove"),
                                 string_view("memset"),       string_view("memcmp"), string_view("strdup"),
                                 string_view("strndup"),      string_view("qsort"),  string_view("posix_memalign"),
                                 string_view("aligned_alloc")};
  return startsWithAny(function, {"pthread_", "thrd_", "mtx_", "cnd_", "sem_", "operator new", "operator delete"}) ||
         std::ranges::find(kNames, function) != kNames.end();
}

bool isRuntimeFile(string_view file) {
  return contains(file, "/runtime/interceptors/") || contains(file, "/runtime/hooks/") ||
         contains(file, "/runtime/core/") || contains(file, "/runtime/report/");
}

}  // namespace

FrameKind classifyFrame(const SourcePlace& place, const std::string& module) {
  std::string function = bareFunction(place.function);
  if (constexpr string_view kStaticPrefix = "__wrap_"; function.starts_with(kStaticPrefix))
    function.erase(0, kStaticPrefix.size());
  const bool snagName = startsWithAny(function, {"snag::", "__snag_", "snagRunAttempt"});
  if (snagName || (isInterceptedCall(function) && (place.file.empty() || isRuntimeFile(place.file))))
    return FrameKind::Runtime;
  if (isThreadStart(function)) return FrameKind::ThreadStart;
  if (isSystemModule(module))
    return place.file.empty() && function.empty() ? FrameKind::ThreadStart : FrameKind::Library;
  if (isLibraryFile(place.file) || isLibraryModule(module) || startsWithAny(function, {"std::", "__gnu_cxx::"}))
    return FrameKind::Library;
  return FrameKind::User;
}

}  // namespace snag::model
