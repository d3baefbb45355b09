// Intent: three fields are tested together; the one that races is named, with its own line.
// Expect: data race on 'Point::y' at WRITE, READ
#include <cstdio>
#include <thread>

#include "invisible.h"

struct Point {
  double x, y, z;
};

Point* point = nullptr;
double seen = 0;
InvisibleTurns turns;

void change(Point* point) {
  point->y = 2;  // RACE-WRITE
}

double sum(const Point* point) {
  double a = point->x;
  double b = point->y;  // RACE-READ
  double c = point->z;
  return a + b + c;
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
