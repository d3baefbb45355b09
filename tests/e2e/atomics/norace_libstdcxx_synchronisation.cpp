// Intent: latch, barrier, semaphore, future and stop_token of the C++20 library, together.
// Expect: silent
// Primitive: std::latch, std::barrier, std::counting_semaphore, std::future, std::stop_token
#include <barrier>
#include <cstdio>
#include <future>
#include <latch>
#include <semaphore>
#include <stop_token>
#include <thread>

int steps[4];

int main() {
  std::latch started{2};
  std::barrier round{2};
  std::counting_semaphore<4> tokens{0};
  std::promise<int> answer;
  int received = 0;
  std::jthread worker([&](std::stop_token stop) {
    steps[0] = 1;
    started.arrive_and_wait();
    round.arrive_and_wait();
    steps[1] = steps[2] + 1;
    tokens.release();
    received = answer.get_future().get();
    while (!stop.stop_requested()) std::this_thread::yield();
    steps[3] = received;
  });
  started.arrive_and_wait();
  steps[2] = steps[0] + 1;
  round.arrive_and_wait();
  tokens.acquire();
  answer.set_value(steps[1]);
  worker.request_stop();
  worker.join();
  std::printf("%d %d\n", received, steps[3]);
}
