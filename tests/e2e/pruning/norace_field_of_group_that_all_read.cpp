// Intent: the twin of race_field_of_group_that_all_read: who writes the field has joined the other reader before.
// Expect: silent
#include <cstdio>
#include <thread>

#include "invisible.h"

struct Point {
  double x, y, z;
};

Point* point = nullptr;
double seen[2];
InvisibleTurns reads;

__attribute__((noinline)) double readX(const Point* point) { return point->x; }

__attribute__((noinline)) double sum(const Point* point) {
  double a = point->x;
  double b = point->y;
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

void change(Point* point) { point->y = 2; }

int main() {
  point = new Point{1, 1, 1};
  std::thread first([p = point] { readOn(p, &seen[0]); });
  std::thread second([p = point, &first] {
    readOn(p, &seen[1]);
    first.join();
    change(p);
  });
  second.join();
  std::printf("%g\n", seen[0] + seen[1]);
  delete point;
}
