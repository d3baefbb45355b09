// Under LTO each access is checked once.
// RUN: %clang -O2 -g -flto -c -fpass-plugin=%plugin %s -o %t.o
// RUN: %llvm_bin/opt -S %t.o | %FileCheck %s
// RUN: %clang -O2 -g -flto=thin -c -fpass-plugin=%plugin %s -o %t.o
// RUN: %llvm_bin/opt -S %t.o | %FileCheck %s
// CHECK-COUNT-1: call preserve_mostcc void @__snag_{{(check_)?}}write4(ptr {{.*}}@counter
// CHECK-NOT: call{{.*}}__snag_{{(check_)?}}write4(
int counter;
void increment(void) { counter += 1; }
