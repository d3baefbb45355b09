// Without debug info a site still names the demangled function and global.
// RUN: %clangxx -O1 -g0 -fpass-plugin=%plugin %s %runtime -o %t
// RUN: env SNAG_TRACE=1 %t 2>&1 | %FileCheck %s
namespace app {
int level;
struct Stats { __attribute__((noinline)) void add(); };
void Stats::add() { level += 1; }
}
int main() { app::Stats().add(); }
// CHECK: write4 4 kind=3 variable=app::level field=- function=app::Stats::add line=0
