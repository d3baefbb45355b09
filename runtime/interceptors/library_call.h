// A call of a C library function that reads or writes the caller's memory.
#ifndef SNAG_INTERCEPTORS_LIBRARY_CALL_H
#define SNAG_INTERCEPTORS_LIBRARY_CALL_H

#include "interceptors/program_code.h"
#include "interceptors/real_function.h"
#include "runtime.h"

namespace snag {

// What such accesses are remembered as: no texts and no line, the call is their place.
inline constexpr SnagSite kLibraryReadSite{0, 0, 0, 0, 0, 0, SNAG_SITE_READ, 0};
inline constexpr SnagSite kLibraryWriteSite{0, 0, 0, 0, 0, 0, SNAG_SITE_WRITE, 0};
// The same for a pointer or another aligned word.
inline constexpr SnagSite kLibraryWordReadSite{0, 0, 0, 0, 0, 0, SNAG_SITE_READ, 8};
inline constexpr SnagSite kLibraryWordWriteSite{0, 0, 0, 0, 0, 0, SNAG_SITE_WRITE, 8};

// Checks nothing unless instrumented code called.
class LibraryCall {
 public:
  explicit LibraryCall(const Place& place) : place_(place), isChecked_(isProgramCode(place.pc)) {}

  bool isChecked() const { return isChecked_; }
  // Before the function reads, or after it has written.
  void reads(const void* start, size_t bytes) const { note(start, bytes, kLibraryReadSite); }
  void writes(const void* start, size_t bytes) const { note(start, bytes, kLibraryWriteSite); }
  // One word, quicker.
  void readsWord(const void* word) const { noteWord<false>(word, kLibraryWordReadSite); }
  void writesWord(const void* word) const { noteWord<true>(word, kLibraryWordWriteSite); }

 private:
  void note(const void* start, size_t bytes, const SnagSite& site) const {
    if (!isChecked_ || bytes == 0 || start == nullptr) return;
    if (RuntimeScope scope; scope)
      detector().access(scope.thread(), at(site), reinterpret_cast<uintptr_t>(start), bytes, site.kind);
  }
  template <bool isWrite>
  void noteWord(const void* word, const SnagSite& site) const {
    if (!isChecked_) return;
    RuntimeScope scope;
    if (!scope) return;
    const auto address = reinterpret_cast<uintptr_t>(word);
    if (!detector().accessWord<8, isWrite>(scope.thread(), at(site), address))
      detector().access(scope.thread(), at(site), address, 8, site.kind);
  }
  Place at(const SnagSite& site) const { return {&site, place_.context, place_.pc, place_.frame}; }

  const Place place_;
  const bool isChecked_;
};

}  // namespace snag

// The caller, with a context word of its own for each call: code without instrumentation leaves the word as it was.
#define SNAG_LIBRARY_CALL                                                                                       \
  ::snag::LibraryCall {                                                                                         \
    ::snag::Place {                                                                                             \
      nullptr, __snag_thread.context ^ (reinterpret_cast<uintptr_t>(__builtin_return_address(0)) * 0x9e3779b9), \
          reinterpret_cast<uintptr_t>(__builtin_return_address(0)),                                             \
          reinterpret_cast<uintptr_t>(__builtin_frame_address(0))                                               \
    }                                                                                                           \
  }

// Declares real_<name> and, under a name that no header knows, the interceptor: C++ headers overload some of these
// functions and describe others in ways of their own.
#define SNAG_LIBRARY_FUNCTION(result, name, ...)                                                            \
  [[gnu::section("snag_real"), gnu::used]] constinit ::snag::RealFunction<result(__VA_ARGS__)> real_##name{ \
      {#name, nullptr, nullptr}};                                                                           \
  extern "C" __attribute__((weak, visibility("default"))) result snag_libc_##name(__VA_ARGS__) __asm__(#name);

// Declares the interceptor of a variadic function that returns an int in the same way, and no real_<name>.
#define SNAG_VARIADIC(name, ...) \
  extern "C" __attribute__((weak, visibility("default"))) int snag_libc_##name(__VA_ARGS__, ...) __asm__(#name);

#endif  // SNAG_INTERCEPTORS_LIBRARY_CALL_H
