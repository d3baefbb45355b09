// Intent: whoever gets the default resource comes after whoever set it.
// Primitive: std::pmr::set_default_resource
// Libraries: libstdc++ libc++
// Expect: silent
#include <cstdio>
#include <memory_resource>
#include <thread>

#include "invisible.h"

InvisibleTurns turns;

class Counting : public std::pmr::memory_resource {
 public:
  int budget = 0;

 private:
  void* do_allocate(size_t size, size_t) override {
    if (budget == 0) std::puts("no budget");
    return ::operator new(size);
  }
  void do_deallocate(void* block, size_t, size_t) override { ::operator delete(block); }
  bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }
};

int main() {
  Counting counting;
  std::thread user([] {
    invisibleAwait(&turns, 1);
    std::pmr::memory_resource* resource = std::pmr::get_default_resource();
    resource->deallocate(resource->allocate(8), 8);
  });
  counting.budget = 1;
  std::pmr::set_default_resource(&counting);
  invisiblePass(&turns);
  user.join();
  std::pmr::set_default_resource(nullptr);
  std::puts("done");
}
