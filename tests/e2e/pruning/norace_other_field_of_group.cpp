// Intent: the twin of race_one_field_of_group: the field in the middle is not among those that are read together.
// Expect: silent
#include <cstdio>
#include <thread>

#include "invisible.h"

struct Point {
  double x, y, z;
};

Point* point = nullptr;
double seen = 0;
InvisibleTurns turns;

void change(Point* point) { point->y = 2; }

double sum(const Point* point) {
  double a = point->x;
  double c = point->z;
  return a + c;
}

int main() {
  point = new Point{1, 1, 1};
  std::thread first([p = point] {
    change(p);
    invisiblePass(&turns);
  });
  std::thread second([p = point] {
    invisibleAwait(&turns, 1);
    seen = sum(p);
  });
  first.join();
  second.join();
  std::printf("%g\n", seen);
  delete point;
}
