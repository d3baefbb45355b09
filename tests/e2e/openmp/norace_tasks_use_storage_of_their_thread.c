// Intent: tied tasks that no dependence orders share what belongs to the thread that executes them: threadprivate variables, slots by thread number.
// Primitive: OpenMP task
// Flags: -fopenmp
// Expect: silent
#include <omp.h>
#include <stdio.h>
#include <string.h>

enum { kThreads = 4, kTasks = 200 };

static struct Slot {
  long sum, tasks;
  char text[48];
} slots[kThreads];

static long ownSum;
static char scratch[32];
#pragma omp threadprivate(ownSum, scratch)

// No scheduling point inside: nothing else runs on this thread meanwhile.
static void work(int number) {
  struct Slot* slot = &slots[omp_get_thread_num()];
  slot->sum += number;
  slot->tasks += 1;
  snprintf(scratch, sizeof scratch, "task %d", number);
  strcpy(slot->text, scratch);
  ownSum += number;
}

int main(void) {
  long slotSum = 0, tasks = 0, privateSum = 0;
  omp_set_dynamic(0);
#pragma omp parallel num_threads(kThreads)
#pragma omp single
  for (int i = 0; i < kTasks; ++i) {
#pragma omp task firstprivate(i)
    {
      work(i);
#pragma omp task firstprivate(i)
      work(-i / 2);
#pragma omp taskwait
      work(1);  // tied: the same thread goes on
    }
  }
#pragma omp parallel num_threads(kThreads) reduction(+ : privateSum)
  privateSum += ownSum;
  for (int i = 0; i < kThreads; ++i) slotSum += slots[i].sum, tasks += slots[i].tasks;
  printf("%ld %ld %ld\n", slotSum, privateSum, tasks);
  return 0;
}
