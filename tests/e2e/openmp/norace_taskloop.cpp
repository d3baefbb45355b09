// Intent: taskloops with private copies and reductions end before what follows; with nogroup a taskwait does it.
// Primitive: OpenMP taskloop, OpenMP task reduction
// Flags: -fopenmp -fopenmp-version=51
// Expect: silent
#include <cstdio>

struct Scale {
  int factor = 2;
  Scale() = default;
  Scale(const Scale& other) : factor(other.factor) {}
};

int cells[400];

int main() {
  long total = 0, grouped = 0, byTeam = 0;
  int last = 0;
  for (int round = 0; round < 10; ++round) {
#pragma omp parallel num_threads(4)
#pragma omp single
    {
      Scale scale;
#pragma omp taskloop grainsize(10) firstprivate(scale) lastprivate(last)
      for (int i = 0; i < 400; ++i) {
        cells[i] = i * scale.factor;
        last = i;
      }
#pragma omp taskloop num_tasks(200) reduction(+ : total)
      for (int i = 0; i < 400; ++i) total += cells[i];
#pragma omp taskloop nogroup
      for (int i = 0; i < 400; ++i) cells[i] += 1;
#pragma omp taskwait
#pragma omp taskgroup task_reduction(+ : grouped)
      for (int i = 0; i < 20; ++i) {
#pragma omp task in_reduction(+ : grouped) firstprivate(i)
        grouped += cells[i];
      }
    }
#pragma omp parallel num_threads(4) reduction(task, + : byTeam)
    {
#pragma omp single
      for (int i = 0; i < 20; ++i) {
#pragma omp task in_reduction(+ : byTeam) firstprivate(i)
        byTeam += cells[i];
      }
    }
  }
  std::printf("%ld %ld %ld %d\n", total, grouped, byTeam, last);
}
