// Bench: groups=kernels affine; args=1500 50; quick=400 10; valgrind=150 4
// Gravitation between all pairs of bodies; positions are read by every thread, each moves its own bodies.
#include "../support.h"

#include <barrier>
#include <cmath>

struct Bodies {
  explicit Bodies(long count) : mass(count), x(count), y(count), z(count), vx(count), vy(count), vz(count) {}
  std::vector<double> mass, x, y, z, vx, vy, vz;
};

static Bodies randomBodies(long count) {
  Bodies bodies(count);
  uint64_t seed = 7;
  auto coordinate = [&] { return double(randomBelow(&seed, 1000000)) / 1000; };
  for (long i = 0; i < count; ++i) {
    bodies.mass[i] = 1 + coordinate() / 1000;
    bodies.x[i] = coordinate(), bodies.y[i] = coordinate(), bodies.z[i] = coordinate();
  }
  return bodies;
}

static void attract(Bodies& all, long i, double step) {
  double ax = 0, ay = 0, az = 0;
  for (size_t j = 0; j < all.mass.size(); ++j) {
    double dx = all.x[j] - all.x[i], dy = all.y[j] - all.y[i], dz = all.z[j] - all.z[i];
    double squared = dx * dx + dy * dy + dz * dz + 0.01;
    double pull = all.mass[j] / (squared * std::sqrt(squared));
    ax += dx * pull, ay += dy * pull, az += dz * pull;
  }
  all.vx[i] += ax * step, all.vy[i] += ay * step, all.vz[i] += az * step;
}

static void move(Bodies& all, long i, double step) {
  all.x[i] += all.vx[i] * step, all.y[i] += all.vy[i] * step, all.z[i] += all.vz[i] * step;
}

int main(int argc, char** argv) {
  long count = argumentOr(argc, argv, 1, 1500), steps = argumentOr(argc, argv, 2, 50);
  int threads = int(argumentOr(argc, argv, 3, 2));
  Bodies bodies = randomBodies(count);
  std::barrier phase(threads);
  onThreads(threads, [&](int index) {
    Range mine = shareOf(count, threads, index);
    for (long step = 0; step < steps; ++step) {
      for (long i = mine.first; i < mine.last; ++i) attract(bodies, i, 0.1);
      phase.arrive_and_wait();
      for (long i = mine.first; i < mine.last; ++i) move(bodies, i, 0.1);
      phase.arrive_and_wait();
    }
  });
  uint64_t sum = 0;
  for (long i = 0; i < count; ++i) sum = foldDouble(foldDouble(sum, bodies.x[i]), bodies.vz[i]);
  printChecksum(sum);
}
