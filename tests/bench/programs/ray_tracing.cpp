// Bench: groups=kernels; args=1600; quick=120; valgrind=40
// A scene of mirrors and lights: each thread takes the next row of pixels, until none is left.
#include "../support.h"

#include <atomic>
#include <cmath>

struct Vector {
  double x, y, z;
};

static Vector operator+(Vector a, Vector b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
static Vector operator-(Vector a, Vector b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
static Vector operator*(Vector a, double k) { return {a.x * k, a.y * k, a.z * k}; }
static double dot(Vector a, Vector b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
static Vector unit(Vector a) { return a * (1 / std::sqrt(dot(a, a))); }

struct Sphere {
  Vector centre;
  double radius, mirror;
  Vector colour;
};

struct Hit {
  const Sphere* sphere = nullptr;
  double distance = 1e30;
};

static Hit nearest(const std::vector<Sphere>& scene, Vector from, Vector direction) {
  Hit hit;
  for (const Sphere& sphere : scene) {
    Vector toCentre = sphere.centre - from;
    double along = dot(toCentre, direction);
    double inside = sphere.radius * sphere.radius - dot(toCentre, toCentre) + along * along;
    if (inside < 0) continue;
    double distance = along - std::sqrt(inside);
    if (distance > 1e-6 && distance < hit.distance) hit = {&sphere, distance};
  }
  return hit;
}

static Vector trace(const std::vector<Sphere>& scene, Vector from, Vector direction, int depth) {
  Hit hit = nearest(scene, from, direction);
  if (!hit.sphere) return Vector{0.6, 0.7, 0.9} * (0.5 + 0.5 * direction.y);
  Vector point = from + direction * hit.distance, normal = unit(point - hit.sphere->centre);
  Vector light = unit({1, 1, -1});
  double shade = nearest(scene, point, light).sphere ? 0 : std::fmax(0, dot(normal, light));
  Vector colour = hit.sphere->colour * (0.1 + 0.9 * shade);
  if (depth == 0 || hit.sphere->mirror == 0) return colour;
  Vector reflected = direction - normal * (2 * dot(direction, normal));
  return colour * (1 - hit.sphere->mirror) + trace(scene, point, reflected, depth - 1) * hit.sphere->mirror;
}

static std::vector<Sphere> randomScene() {
  std::vector<Sphere> scene;
  uint64_t seed = 21;
  auto random = [&] { return double(randomBelow(&seed, 1000)) / 1000; };
  for (int i = 0; i < 24; ++i) {
    Vector centre{random() * 6 - 3, random() * 6 - 3, 4 + random() * 6};
    double radius = 0.2 + random() * 0.7, mirror = i % 3 ? 0.5 : 0;
    scene.push_back({centre, radius, mirror, {random(), random(), random()}});
  }
  return scene;
}

int main(int argc, char** argv) {
  long size = argumentOr(argc, argv, 1, 1600);
  int threads = int(argumentOr(argc, argv, 2, 2));
  std::vector<Sphere> scene = randomScene();
  std::vector<Vector> picture(size * size);
  std::atomic<long> nextRow{0};
  onThreads(threads, [&](int) {
    for (long row; (row = nextRow.fetch_add(1)) < size;)
      for (long column = 0; column < size; ++column) {
        Vector direction = unit({double(2 * column - size) / double(size), double(2 * row - size) / double(size), 1});
        picture[row * size + column] = trace(scene, {0, 0, 0}, direction, 4);
      }
  });
  uint64_t sum = 0;
  for (Vector pixel : picture) sum = foldDouble(foldDouble(foldDouble(sum, pixel.x), pixel.y), pixel.z);
  printChecksum(sum);
}
