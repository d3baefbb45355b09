// Intent: untied tasks go on, on any thread, after the points at which they wait; detached ones end when they are told.
// Primitive: OpenMP untied task, OpenMP detached task
// Flags: -fopenmp -fopenmp-version=51
// Expect: silent
#include <omp.h>

#include <cstdio>

int cells[16][4];
int answer = 0;

int main() {
  int sum = 0;
  for (int round = 0; round < 10; ++round) {
#pragma omp parallel num_threads(4)
#pragma omp single
    {
      for (int i = 0; i < 16; ++i) {
#pragma omp task untied firstprivate(i)
        {
          int own = i;
          for (int j = 0; j < 4; ++j) {
#pragma omp task firstprivate(i, j) shared(own)
            cells[i][j] = i + j + own * 0;
          }
#pragma omp taskwait
          for (int j = 0; j < 4; ++j) own += cells[i][j];
#pragma omp taskyield
          cells[i][0] = own;
        }
      }
#pragma omp taskwait
      for (int i = 0; i < 16; ++i) sum += cells[i][0];
      omp_event_handle_t event;
#pragma omp task detach(event)
      answer = 1;
#pragma omp task firstprivate(event)
      {
        cells[0][0] = 5;
        omp_fulfill_event(event);
      }
#pragma omp taskwait
      sum += answer + cells[0][0];
    }
  }
  std::printf("%d\n", sum);
}
