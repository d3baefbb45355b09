// Intent: two threads go on reading the first of three fields that are then tested together: that one passes, and the
// reads of the others are remembered all the same.
// Expect: data race on 'Point::y' at READ, WRITE
#include <cstdio>
#include <thread>

#include "invisible.h"

struct Point {
  double x, y, z;
};

constexpr int kPoints = 8;
Point* points = nullptr;
double seen[2];
InvisibleTurns reads, turns;

__attribute__((noinline)) double sumX(const Point* points) {
  double sum = 0;
  for (int i = 0; i < kPoints; ++i) sum += points[i].x;
  return sum;
}

__attribute__((noinline)) double sumAll(const Point* points) {
  double sum = 0;
#pragma clang loop vectorize(disable) unroll(disable)
  for (int i = 0; i < kPoints; ++i) {
    double a = points[i].x;
    double b = points[i].y;  // RACE-READ
    double c = points[i].z;
    sum += a + b + c;
  }
  return sum;
}

void readOn(const Point* points, double* seen) {
  for (int i = 0; i < 100; ++i) {
    invisibleMeet(&reads, 2);
    *seen += sumX(points);
  }
  *seen += sumAll(points);
}

void change(Point* point) {
  point->y = 2;  // RACE-WRITE
}

int main() {
  points = new Point[kPoints]();
  std::thread first([p = points] {
    readOn(p, &seen[0]);
    invisiblePass(&turns);
    invisibleAwait(&turns, 2);
  });
  std::thread second([p = points] {
    readOn(p, &seen[1]);
    invisibleAwait(&turns, 1);
    change(&p[3]);
    invisiblePass(&turns);
  });
  first.join();
  second.join();
  std::printf("%g\n", seen[0] + seen[1]);
  delete[] points;
}
