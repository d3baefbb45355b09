// C that compilers rarely see computes the same when instrumented: setjmp, computed goto, asm goto, VLAs, varargs,
// odd types; with other instrumentation beside it.
// RUN: %clang -O1 %s -o %t.plain && %t.plain > %t.expected && %FileCheck %s < %t.expected
// RUN: for o in "-O0" "-O1 -g" "-Oz -g" "-O3 -march=x86-64-v3" "-O2 -fsanitize=undefined -g" "-O2 -fno-plt -mcx16" \
// RUN:   "-O1 -fprofile-instr-generate -fcoverage-mapping"; do \
// RUN:   %clang $o -fpass-plugin=%plugin %s %runtime -o %t && LLVM_PROFILE_FILE=%t.profraw %t > %t.got && cmp %t.expected %t.got || exit 1; done
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static jmp_buf environment;
static int shared;

static int sum(int count, ...) {
  va_list list;
  va_start(list, count);
  int result = 0;
  while (count--)
    result += va_arg(list, int);
  va_end(list);
  return result;
}

static void jump(void) {
  shared++;
  longjmp(environment, 3);
}

static int variableLength(int n) {
  int numbers[n], result = 0;
  memset(numbers, 0, sizeof numbers);
  for (int i = 0; i < n; i++)
    numbers[i] = i * shared;
  for (int i = 0; i < n; i++)
    result += numbers[i];
  return result;
}

static int gotos(int x) {
  asm goto("" : : : : out);
  shared += x;
  void* targets[] = {&&even, &&odd};
  goto* targets[x & 1];
even:
  shared++;
  return shared;
odd:
  shared += 2;
out:
  return shared;
}

struct Bytes {
  char c[37];
};
static __int128 wide;
static long double longDouble = 1;
static _Complex double complexDouble;
static struct Bytes from, to;
static _Bool flag;
static _Thread_local int perThread;

int main(void) {
  int jumped = setjmp(environment);
  if (jumped == 0)
    jump();
  wide += jumped;
  longDouble *= 2;
  complexDouble += 1;
  from.c[3] = 7;
  to = from;
  to.c[3]++;
  flag = !flag;
  perThread++;
  __sync_fetch_and_add(&shared, 2);
  __atomic_store_n(&shared, 5, __ATOMIC_RELEASE);
  int values[] = {sum(3, 1, 2, 3), variableLength(10), gotos(jumped)};
  // CHECK: 3 6 225 10 3 2 1 8 1 1 10
  printf("%d %d %d %d %d %d %d %d %d %d %d\n", jumped, values[0], values[1], values[2], (int)wide, (int)longDouble,
         (int)__real__ complexDouble, to.c[3], flag, perThread, shared);
  return 0;
}
