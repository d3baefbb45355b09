// The functions behind our interceptors: the next definition after the executable's, as the dynamic linker sees it.
#ifndef SNAG_INTERCEPTORS_REAL_FUNCTION_H
#define SNAG_INTERCEPTORS_REAL_FUNCTION_H

#include <atomic>

// Weak, so that a program may define a function of that name itself; default visibility, so that libraries find it.
#define SNAG_INTERCEPTOR extern "C" __attribute__((weak, visibility("default")))

namespace snag {

// Looks a function up at its first use, unless resolveRealFunctions() was faster. Define with SNAG_REAL only.
struct RealSymbol {
  const char* name;
  const char* version;  // null for the default one
  std::atomic<void*> address;

  // Null if no library has it.
  void* find();
  // A program that calls a function which its libc does not have is ended with a message.
  void* get() {
    void* known = address.load(std::memory_order_acquire);
    return __builtin_expect(known != nullptr, 1) ? known : require();
  }

 private:
  void* require();
};

template <typename Function>
struct RealFunction;

template <typename Result, typename... Parameters>
struct RealFunction<Result(Parameters...)> {
  RealSymbol symbol;
  using Pointer = Result (*)(Parameters...);
  Result operator()(Parameters... arguments) { return reinterpret_cast<Pointer>(symbol.get())(arguments...); }
  // Null if no library has it.
  Pointer find() { return reinterpret_cast<Pointer>(symbol.find()); }
};
// glibc declares some of its functions noexcept.
template <typename Result, typename... Parameters>
struct RealFunction<Result(Parameters...) noexcept> : RealFunction<Result(Parameters...)> {};

// Looks up every SNAG_REAL of the runtime. At start-up.
void resolveRealFunctions();

}  // namespace snag

// real_<name>: the function of that name, callable with its own type.
#define SNAG_REAL_VERSION(name, version)                                                                \
  [[gnu::section("snag_real"), gnu::used]] constinit ::snag::RealFunction<decltype(name)> real_##name { \
    {                                                                                                   \
      #name, version, nullptr                                                                           \
    }                                                                                                   \
  }
#define SNAG_REAL(name) SNAG_REAL_VERSION(name, nullptr)

#endif  // SNAG_INTERCEPTORS_REAL_FUNCTION_H
