// Sites need no dynamic relocations: every way of linking works, without text relocations.
// RUN: for m in "-fPIE -pie" "-fno-pie -no-pie" "-static -fno-pie" "-ffunction-sections -Wl,--gc-sections" "-static-pie -fPIE"; do \
// RUN:   %clang -O1 -g $m -Wl,--fatal-warnings -Wl,-z,text -fpass-plugin=%plugin %s %runtime -o %t && env SNAG_TRACE=1 %t 2>&1 | %FileCheck %s || exit 1; done
// RUN: %clang -O1 -g -fPIC -shared -DLIBRARY -Wl,-z,text -fpass-plugin=%plugin %s -o %t.so
// RUN: %llvm_bin/llvm-readelf -d %t.so | %FileCheck %s --check-prefix=LIBRARY
// RUN: %clang -O1 -g -DUSER -fpass-plugin=%plugin %s %t.so -Wl,--whole-archive %runtime -Wl,--no-whole-archive -o %t
// RUN: env SNAG_TRACE=1 %t 2>&1 | %FileCheck %s
// CHECK: write4 4 kind=3 variable=counter field=- function=increment line=[[#]]
// LIBRARY-NOT: TEXTREL
#ifndef USER
int counter;
__attribute__((noinline)) void increment(void) { counter += 1; }
#else
void increment(void);
#endif
#ifndef LIBRARY
int main(void) {
  increment();
  return 0;
}
#endif
