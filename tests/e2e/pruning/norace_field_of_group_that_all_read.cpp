// Intent: the twin of race_field_of_group_that_all_read: who writes the field has joined the other reader before.
// Expect: silent
#include <cstdio>
#include <thread>

#include "invisible.h"

struct Point {
  double x, y, z;
};

constexpr int kPoints = 8;
Point* points = nullptr;
double seen[2];
InvisibleTurns reads;

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
    double b = points[i].y;
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

void change(Point* point) { point->y = 2; }

int main() {
  points = new Point[kPoints]();
  std::thread first([p = points] { readOn(p, &seen[0]); });
  std::thread second([p = points, &first] {
    readOn(p, &seen[1]);
    first.join();
    change(&p[3]);
  });
  second.join();
  std::printf("%g\n", seen[0] + seen[1]);
  delete[] points;
}
