// Which sites say read-modify-write (kind 3), and which only part of one (kind 18 = WRITE | PART_OF_RMW).
// RUN: %clang -O0 -g -fpass-plugin=%plugin %s %runtime -o %t && env SNAG_TRACE=1 %t 2>&1 | %FileCheck %s
// RUN: %clang -O2 -g -fpass-plugin=%plugin %s %runtime -o %t && env SNAG_TRACE=1 %t 2>&1 | %FileCheck %s
#define KEEP __attribute__((noinline))
struct Node { int n; unsigned low : 3, high : 5; };
int counter, limit = 5, numbers[4], others[4];
struct Node node;

__attribute__((noinline, optnone)) int unknown(int x) { __asm__ volatile("" : "+r"(x)); return x; }

KEEP void compound(void) { counter += 2; }
// CHECK: write4 4 kind=3 variable=counter field=- function=compound
KEEP void spelledOut(struct Node* p) { p->n = p->n + 1; }
// CHECK-NEXT: write4 4 kind=3 variable=p field=Node::n function=spelledOut
KEEP void element(int i) { numbers[i]++; }
// CHECK-NEXT: write4 4 kind=3 variable=numbers field=- function=element
KEEP void bits(struct Node* p) { p->high |= 4; }
// CHECK-NEXT: write1 1 kind=3 variable=p field=Node::high function=bits
KEEP void acrossCall(void) { counter = unknown(counter); }
// CHECK-NEXT: read4 4 kind=1 variable=counter field=- function=acrossCall
// CHECK-NEXT: write4 4 kind=18 variable=counter field=- function=acrossCall
KEEP void acrossBranch(void) {
  int t = counter;
  if (t < 5)
    counter = t + 1;
}
// CHECK-NEXT: read4 4 kind=1 variable=counter field=- function=acrossBranch

KEEP void plainStore(int x) { counter = x; }
// CHECK: write4 4 kind=2 variable=counter field=- function=plainStore

int main(void) {
  compound();
  spelledOut(&node);
  element(2);
  bits(&node);
  acrossCall();
  acrossBranch();
  plainStore(limit);
  return 0;
}
