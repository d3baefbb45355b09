// A compiler of another LLVM version is refused with a message that names the cure.
// RUN: test ! -x %other_clang || { %other_clang -fpass-plugin=%plugin -c %s -o %t.o 2>&1; echo "exit code $?"; } > %t.out
// RUN: test ! -x %other_clang || %FileCheck -DBUILT=%version -DHOST=%other_version %s < %t.out
// CHECK: snag: this plugin was built for LLVM [[BUILT]], but the compiler that loads it is LLVM [[HOST]]: use snag-clang, or build Snag with -DSNAG_LLVM_VERSION=[[HOST]]
// CHECK: exit code 64
int x;
