// Intent: two threads go on reading the first of three fields that are then tested together: that one passes, and the
// reads of the others are remembered all the same.
// Expect: data race on 'Point::y' at READ, WRITE
#include <cstdio>
#include <thread>

#include "invisible.h"

struct Point {
  double x, y, z;
};

Point* point = nullptr;
double seen[2];
InvisibleTurns reads, turns;

__attribute__((noinline)) double readX(const Point* point) { return point->x; }

__attribute__((noinline)) double sum(const Point* point) {
  double a = point->x;
  double b = point->y;  // RACE-READ
  double c = point->z;
  return a + b + c;
}

void readOn(const Point* point, double* seen) {
  for (int i = 0; i < 100; ++i) {
    invisibleMeet(&reads, 2);
    *seen += readX(point);
  }
  *seen += sum(point);
}

void change(Point* point) {
  point->y = 2;  // RACE-WRITE
}

int main() {
  point = new Point{1, 1, 1};
  std::thread first([p = point] {
    readOn(p, &seen[0]);
    invisiblePass(&turns);
    invisibleAwait(&turns, 2);
  });
  std::thread second([p = point] {
    readOn(p, &seen[1]);
    invisibleAwait(&turns, 1);
    change(p);
    invisiblePass(&turns);
  });
  first.join();
  second.join();
  std::printf("%g\n", seen[0] + seen[1]);
  delete point;
}
