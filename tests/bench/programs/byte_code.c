// Bench: groups=kernels call-heavy; args=6000000; quick=300000; valgrind=1500
// A small machine runs byte code: every instruction is a call through a shared table of functions.
#include "../support.h"

#include <pthread.h>

typedef struct {
  uint64_t stack[64];
  int top;
  uint32_t at;
  uint64_t variables[4];
} Machine;

typedef void (*Instruction)(Machine*, uint8_t operand);

static void push(Machine* m, uint64_t value) { m->stack[m->top++] = value; }
static uint64_t pop(Machine* m) { return m->stack[--m->top]; }

static void constant(Machine* m, uint8_t operand) { push(m, operand); }
static void load(Machine* m, uint8_t operand) { push(m, m->variables[operand]); }
static void store(Machine* m, uint8_t operand) { m->variables[operand] = pop(m); }
static void add(Machine* m, uint8_t unused) { (void)unused, push(m, pop(m) + pop(m)); }
static void multiply(Machine* m, uint8_t unused) { (void)unused, push(m, pop(m) * pop(m)); }
static void mix(Machine* m, uint8_t unused) { (void)unused, push(m, fold(1, pop(m))); }
static void jumpUnlessZero(Machine* m, uint8_t operand) {
  if (pop(m) != 0) m->at = operand;
}

static const Instruction kInstructions[] = {constant, load, store, add, multiply, mix, jumpUnlessZero};
enum { kConstant, kLoad, kStore, kAdd, kMultiply, kMix, kJump, kEnd };

// variable 0 counts down to zero while variable 1 is scrambled with variable 2.
static const uint8_t kCode[] = {kLoad,     1,   kLoad,     2, kMultiply, 0, kMix, 0, kLoad,  0, kAdd,  0,
                                kStore,    1,   kLoad,     2, kConstant, 3, kAdd, 0, kStore, 2, kLoad, 0,
                                kConstant, 255, kAdd,      0, kConstant, 1, kAdd, 0, kStore, 3, kLoad, 3,
                                kConstant, 0,   kMultiply, 0, kEnd,      0};

static void run(Machine* machine, const uint8_t* code) {
  for (machine->at = 0; code[machine->at] != kEnd;) {
    uint32_t at = machine->at;
    machine->at += 2;
    kInstructions[code[at]](machine, code[at + 1]);
  }
  machine->top = 0;
}

typedef struct {
  Machine machine;
  Range rounds;
} Job;

static void* runJob(void* argument) {
  Job* job = argument;
  for (long round = job->rounds.first; round < job->rounds.last; ++round) {
    job->machine.variables[0] = (uint64_t)round;
    run(&job->machine, kCode);
  }
  return NULL;
}

int main(int argc, char** argv) {
  long rounds = argumentOr(argc, argv, 1, 6000000);
  int threads = (int)argumentOr(argc, argv, 2, 2);
  Job* jobs = calloc((size_t)threads, sizeof *jobs);
  pthread_t* ids = calloc((size_t)threads, sizeof *ids);
  for (int i = 0; i < threads; ++i) {
    jobs[i].rounds = shareOf(rounds, threads, i);
    pthread_create(&ids[i], NULL, runJob, &jobs[i]);
  }
  uint64_t sum = 0;
  for (int i = 0; i < threads; ++i) {
    pthread_join(ids[i], NULL);
    for (int k = 0; k < 4; ++k) sum = fold(sum, jobs[i].machine.variables[k]);
  }
  printChecksum(sum);
  free(jobs), free(ids);
}
