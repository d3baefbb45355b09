// Intent: copies of shared_ptr and weak_ptr come and go in two threads; the last one destroys the object.
// Primitive: std::shared_ptr, std::weak_ptr
// Libraries: libstdc++ libc++
// Expect: silent
#include <cstdio>
#include <memory>
#include <thread>
#include <vector>

#include "invisible.h"

struct Node {
  std::vector<int> content = std::vector<int>(10, 1);
  int uses = 0;
  ~Node() { uses = static_cast<int>(content.size()); }
};

int main() {
  int sum = 0, found = 0;
  for (int round = 0; round < 100; ++round) {
    auto node = round % 2 == 0 ? std::make_shared<Node>() : std::shared_ptr<Node>(new Node);
    std::weak_ptr<Node> watcher = node;
    std::thread holder([node = std::move(node), &sum]() mutable {
      for (int value : node->content) sum += value;
      std::weak_ptr<Node> mine = node;
      node.reset();
      if (auto still = mine.lock()) sum += still->content[0] - 1;
    });
    for (int i = 0; i < 10; ++i)
      if (auto locked = watcher.lock()) found |= locked->content[0];
    watcher.reset();
    holder.join();
  }
  if (found > 1) std::puts("never");
  std::printf("%d\n", sum);
}
