// Compiled with gcc and with g++ -fopenmp, and not by Snag: correct uses of each construct, and a race for each.
#include "regions.h"

#include <omp.h>
#include <string.h>

#include "invisible.h"

enum { kCount = 64 };
static int cells[kCount], others[kCount], grid[8][8];
static int critical, named, locked, nested, ordered, shared, inTask, left, right, once, reduced;

// --- correct -------------------------------------------------------------------------------------------

static void loops(void) {
#pragma omp parallel num_threads(4)
  {
#pragma omp for
    for (int i = 0; i < kCount; ++i) add(&cells[i], 1);
#pragma omp for schedule(dynamic) nowait
    for (int i = 0; i < kCount; ++i) add(&others[i], look(&cells[kCount - 1 - i]));
#pragma omp barrier
#pragma omp for schedule(guided)
    for (int i = 0; i < kCount; ++i) add(&cells[i], look(&others[kCount - 1 - i]) & 1);
#pragma omp sections
    {
#pragma omp section
      add(&left, 1);
#pragma omp section
      add(&right, 1);
    }
    int own = 0;
#pragma omp single copyprivate(own)
    {
      add(&once, look(&left));
      own = 1;
    }
    if (own != 1) add(&once, look(&once));
#pragma omp master
    add(&once, look(&right));
  }
#pragma omp parallel for schedule(dynamic) num_threads(3)
  for (int i = 0; i < kCount; ++i) add(&cells[i], 1);
#pragma omp parallel sections num_threads(2)
  {
#pragma omp section
    add(&left, 1);
#pragma omp section
    add(&right, 1);
  }
}

static void exclusion(void) {
  static omp_lock_t lock;
  static omp_nest_lock_t nestLock;
  omp_init_lock(&lock);
  omp_init_nest_lock(&nestLock);
#pragma omp parallel for num_threads(4) ordered
  for (int i = 0; i < kCount; ++i) {
#pragma omp critical
    add(&critical, 1);
#pragma omp critical(name)
    add(&named, 1);
    omp_set_lock(&lock);
    add(&locked, 1);
    omp_unset_lock(&lock);
    omp_set_nest_lock(&nestLock);
    if (omp_test_nest_lock(&nestLock)) omp_unset_nest_lock(&nestLock);
    add(&nested, 1);
    omp_unset_nest_lock(&nestLock);
#pragma omp ordered
    add(&ordered, i);
  }
  omp_destroy_lock(&lock);
  omp_destroy_nest_lock(&nestLock);
}

static void tasks(void) {
#pragma omp parallel num_threads(4)
#pragma omp single
  {
    for (int i = 0; i < kCount; ++i) {
#pragma omp task firstprivate(i)
      add(&cells[i], i);
    }
#pragma omp taskwait
    for (int i = 0; i < kCount; ++i) add(&shared, look(&cells[i]));
#pragma omp taskgroup
    for (int i = 0; i < 8; ++i) {
#pragma omp task firstprivate(i)
      for (int j = 0; j < 8; ++j) {
#pragma omp task firstprivate(i, j)
        add(&grid[i][j], 1);
      }
    }
    for (int i = 0; i < 8; ++i) add(&shared, look(&grid[i][i]));
    for (int i = 0; i < 8; ++i) {
#pragma omp task depend(out : cells[i]) firstprivate(i)
      add(&cells[i], 1);
#pragma omp task depend(in : cells[i]) depend(mutexinoutset : inTask) firstprivate(i)
      add(&inTask, look(&cells[i]));
    }
#pragma omp task depend(in : inTask)
    add(&shared, look(&inTask));
#pragma omp taskwait depend(in : cells[0])
    add(&left, look(&cells[0]));
#pragma omp taskwait
#pragma omp taskloop num_tasks(8)
    for (int i = 0; i < kCount; ++i) add(&cells[i], 1);
    for (int i = 0; i < kCount; ++i) add(&shared, look(&cells[i]));
#pragma omp task if (0)
    add(&shared, 1);
  }
#pragma omp parallel num_threads(3) reduction(task, + : reduced)
#pragma omp single
  for (int i = 0; i < 8; ++i) {
#pragma omp task in_reduction(+ : reduced)
    add(&reduced, 1);
  }
}

static void doacross(void) {
#pragma omp parallel for ordered(2) num_threads(4) schedule(dynamic)
  for (int i = 1; i < 8; ++i)
    for (int j = 1; j < 8; ++j) {
#pragma omp ordered depend(sink : i - 1, j) depend(sink : i, j - 1)
      add(&grid[i][j], (look(&grid[i - 1][j]) + look(&grid[i][j - 1])) & 3);
#pragma omp ordered depend(source)
    }
}

int useEverything(int round) {
  shared = round;
  loops();
  exclusion();
  tasks();
  doacross();
  int sum = critical + named + locked + nested + ordered + shared + inTask + left + right + reduced + grid[7][7];
  for (int i = 0; i < kCount; ++i) sum += cells[i] + others[i];
  return sum;
}

// --- racy ----------------------------------------------------------------------------------------------

static InvisibleTurns turns;

// The first half of a race, and the second.
static void first(void) {
  add(&shared, 1);
  invisiblePass(&turns);
}
static void second(void) {
  invisibleAwait(&turns, 1);
  add(&shared, 1);
}
// The same where the OpenMP runtime chooses the threads: two are needed to go on.
static InvisibleTurns arrivals;
static void firstOfTwo(void) {
  invisibleMeet(&arrivals, 2);
  first();
}
static void secondOfTwo(void) {
  invisibleMeet(&arrivals, 2);
  second();
}
static void eitherHalf(void) { omp_get_thread_num() == 0 ? first() : second(); }

static void raceInTeam(void) {
#pragma omp parallel num_threads(2)
  eitherHalf();
}

static void raceAfterNowait(void) {
#pragma omp parallel num_threads(2)
  {
#pragma omp single nowait
    first();
    invisibleAwait(&turns, 1);
    if (omp_get_thread_num() == 0) add(&left, look(&shared));
    if (omp_get_thread_num() == 1) add(&right, look(&shared));
  }
}

static void raceInSections(void) {
#pragma omp parallel sections num_threads(2)
  {
#pragma omp section
    firstOfTwo();
#pragma omp section
    secondOfTwo();
  }
}

static void raceUnderTwoNames(void) {
#pragma omp parallel num_threads(2)
  if (omp_get_thread_num() == 0) {
#pragma omp critical(one)
    add(&shared, 1);
    invisiblePass(&turns);
  } else {
    invisibleAwait(&turns, 1);
#pragma omp critical
    add(&shared, 1);
  }
}

static void raceUnderTwoLocks(void) {
  static omp_lock_t locks[2];
  for (int i = 0; i < 2; ++i) omp_init_lock(&locks[i]);
#pragma omp parallel num_threads(2)
  {
    const int own = omp_get_thread_num();
    if (own == 1) invisibleAwait(&turns, 1);
    omp_set_lock(&locks[own]);
    add(&shared, 1);
    omp_unset_lock(&locks[own]);
    if (own == 0) invisiblePass(&turns);
  }
}

static void raceAfterOrdered(void) {
#pragma omp parallel for ordered num_threads(2) schedule(static, 1)
  for (int i = 0; i < 2; ++i) {
    if (i == 1) second();
#pragma omp ordered
    if (i == 0) first();
  }
}

static void raceOfTasks(void) {
#pragma omp parallel num_threads(2)
#pragma omp single
  {
#pragma omp task
    firstOfTwo();
#pragma omp task
    secondOfTwo();
  }
}

static void raceWithTask(void) {
#pragma omp parallel num_threads(2)
#pragma omp single
  {
#pragma omp task
    first();
    second();
#pragma omp taskwait
  }
}

static void raceOfReaders(void) {
#pragma omp parallel num_threads(2)
#pragma omp single
  {
#pragma omp task depend(in : shared)
    firstOfTwo();
#pragma omp task depend(in : shared)
    secondOfTwo();
  }
}

static void raceInTaskloop(void) {
#pragma omp parallel num_threads(2)
#pragma omp single
  {
#pragma omp taskloop nogroup num_tasks(1)
    for (int i = 0; i < 1; ++i) first();
    second();
  }
}

static void raceWithGrandchild(void) {
#pragma omp parallel num_threads(3)
#pragma omp single
  {
#pragma omp task
    {
#pragma omp task
      first();
      invisibleAwait(&turns, 1);
    }
#pragma omp taskwait
    second();
  }
}

static void raceAcrossIterations(void) {
#pragma omp parallel for ordered(1) schedule(static, 1) num_threads(3)
  for (int i = 0; i < 3; ++i) {
    if (i == 2) {
#pragma omp ordered depend(sink : i - 2)
      second();
    } else if (i == 1) {
      first();
    }
#pragma omp ordered depend(source)
  }
}

void race(const char* name) {
  static const struct {
    const char* name;
    void (*run)(void);
  } kRaces[] = {
      {"in_team", raceInTeam},
      {"after_nowait", raceAfterNowait},
      {"in_sections", raceInSections},
      {"under_two_names", raceUnderTwoNames},
      {"under_two_locks", raceUnderTwoLocks},
      {"after_ordered", raceAfterOrdered},
      {"of_tasks", raceOfTasks},
      {"with_task", raceWithTask},
      {"of_readers", raceOfReaders},
      {"in_taskloop", raceInTaskloop},
      {"with_grandchild", raceWithGrandchild},
      {"across_iterations", raceAcrossIterations},
  };
  for (unsigned i = 0; i < sizeof kRaces / sizeof *kRaces; ++i)
    if (strcmp(kRaces[i].name, name) == 0) kRaces[i].run();
}
