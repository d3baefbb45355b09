// Two threads use the library, one right after the other: DIRECT adds to its counter without asking it.
#include <cstdio>
#include <thread>

#include "counter.h"
#include "invisible.h"

#ifdef LOADED
#include <dlfcn.h>

template <typename Function>
Function* find(void* library, const char* name) {
  return reinterpret_cast<Function*>(dlsym(library, name));
}
#endif

InvisibleTurns turns;

#ifdef AGAIN
// A thread writes the library's variable; then the library goes.
void useOnce(const char* path) {
  void* library = dlopen(path, RTLD_NOW);
  std::thread user([library] { find<void(int)>(library, "addToCounter")(1); });
  user.join();
  dlclose(library);
}
#endif

int main(int, [[maybe_unused]] char** arguments) {
#ifdef AGAIN
  useOnce(arguments[1]);
  ++arguments;
#endif
#ifdef LOADED
  void* library = dlopen(arguments[1], RTLD_NOW);
  if (library == nullptr) {
    std::fprintf(stderr, "%s\n", dlerror());
    return 2;
  }
  auto add = find<void(int)>(library, "addToCounter");
  auto address = find<int*()>(library, "counterAddress");
#else
  auto add = addToCounter;
  auto address = counterAddress;
#endif
  std::thread first([add] {
    add(1);
    invisiblePass(&turns);
  });
  std::thread second([add, address] {
    invisibleAwait(&turns, 1);
#ifdef DIRECT
    *address() += 2;  // RACE-DIRECT
#else
    add(2);
#endif
  });
  first.join();
  second.join();
  std::printf("%d\n", *address());
#ifdef LOADED
  dlclose(library);
#endif
}
