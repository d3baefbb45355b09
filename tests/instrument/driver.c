// snag-clang adds the pass always and the runtime when it links; it says what is missing.
// RUN: rm -rf %t && mkdir -p %t/bin %t/lib/snag
// RUN: %clangxx -std=c++20 -DSNAG_LLVM_ROOT='"'$(dirname %llvm_bin)'"' -DSNAG_LLVM_VERSION_TEXT='"%version"' %driver_source -o %t/bin/snag-clang
// RUN: ln -s snag-clang %t/bin/snag-clang++
// RUN: { %t/bin/snag-clang %s -o %t/a.out 2>&1; echo "exit code $?"; } | %FileCheck %s --check-prefix=NOPASS
// NOPASS: snag-clang: {{.*}}/lib/snag/snag_pass.so is missing: build Snag completely, or install it again
// NOPASS: exit code 64
// RUN: cp %plugin $(dirname %plugin)/snag_pass_impl.so %t/lib/snag
// RUN: { %t/bin/snag-clang %s -o %t/a.out 2>&1; echo "exit code $?"; } | %FileCheck %s --check-prefix=NORUNTIME
// NORUNTIME: libsnag_rt.a is missing
// NORUNTIME: exit code 64
// RUN: %t/bin/snag-clang -Werror -Wall -c %s -o %t/main.o
// RUN: cp %runtime %t/lib/snag/libsnag_rt.a
// RUN: %t/bin/snag-clang -Werror %t/main.o -o %t/a.out && env SNAG_TRACE=1 %t/a.out 2>&1 | %FileCheck %s --check-prefix=RUNS
// RUN: %t/bin/snag-clang++ -Werror -O2 -x c++ %s -o %t/a.out && env SNAG_TRACE=1 %t/a.out 2>&1 | %FileCheck %s --check-prefix=RUNS
// RUNS: write4 4 kind=3 variable=counter field=- function=increment line={{[1-9]}}
// RUN: %t/bin/snag-clang -shared -fPIC %s -o %t/lib.so && %llvm_bin/llvm-nm -D %t/lib.so | %FileCheck %s --check-prefix=SHARED
// SHARED: U __snag_{{(check_)?}}write4
// RUN: %t/bin/snag-clang --version | %FileCheck %s --check-prefix=VERSION
// VERSION: clang version {{[0-9]+}}
// RUN: { SNAG_CLANG=/nonexistent/clang %t/bin/snag-clang -c %s 2>&1; echo "exit code $?"; } | %FileCheck %s --check-prefix=NOCLANG
// NOCLANG: snag-clang: cannot run /nonexistent/clang
// NOCLANG: exit code 64
int counter;
__attribute__((noinline)) void increment(void) { counter += 1; }
int main(void) {
  increment();
  return 0;
}
