// The names in a site: variable, field, function; the same at every optimisation level.
// RUN: %clangxx -O0 -g -fpass-plugin=%plugin %s %runtime -o %t && env SNAG_TRACE=1 %t 2>&1 | %FileCheck %s
// RUN: %clangxx -O1 -g -fpass-plugin=%plugin %s %runtime -o %t && env SNAG_TRACE=1 %t 2>&1 | %FileCheck %s
// RUN: %clangxx -O2 -g -fpass-plugin=%plugin %s %runtime -o %t && env SNAG_TRACE=1 %t 2>&1 | %FileCheck %s
#include <vector>
#define KEEP __attribute__((noinline))

struct Inner { int hits; long other; };
struct Stats {
  int hits;
  unsigned low : 3, high : 5;
  static int total;
  int many[4];
  Inner in, list[3];
  union { int asInt; float asFloat; };
  KEEP void add() { hits += 1; }
};
int Stats::total;
namespace app {
struct Derived : Stats { int more; };
int level;
namespace { int hidden; }
}
int counter;
Stats stats;
app::Derived derived;
thread_local int mine;

KEEP void global() { counter += 1; }
KEEP void globalMember() { stats.hits += 1; }
KEEP void staticMember() { Stats::total += 1; }
KEEP void parameter(Stats *s) { s->hits += 1; }
KEEP void bitField(Stats *s, int v) { s->high = v; }
KEEP void array(Stats *s, int i) { s->many[i] += 1; }
KEEP void nested(Stats *s) { s->in.other += 1; }
KEEP void nestedArray(Stats *s, int i) { s->list[i].hits += 1; }
KEEP void unionMember(Stats *s) { s->asInt += 1; }
KEEP void inherited(app::Derived *d) { d->hits += 1; }
KEEP void derivedMember(app::Derived *d) { d->more += 1; }
KEEP void elementOf(Stats *all, int i) { all[i].hits += 1; }
KEEP void functionStatic() { static int calls; calls += 1; }
KEEP void perThread() { mine += 1; }
KEEP void inNamespace() { app::level += 1; }
KEEP void inUnnamedNamespace() { app::hidden += 1; }
std::vector<int> numbers(4);
KEEP void vectorElement(int i) { numbers[i] += 1; }
struct List { Stats *head; KEEP void touch() { head->hits += 1; } };
KEEP void flag(Stats *s) { s->low |= 2; }
volatile unsigned seen;
KEEP unsigned readBits(Stats *s) { return s->high; }
template <typename F> KEEP void call(F f) { f(); }

int main() {
  global();
  // CHECK: write4 4 kind=3 variable=counter field=- function=global line=[[#]]
  globalMember();
  // CHECK-NEXT: write4 4 kind=3 variable=stats field=Stats::hits function=globalMember
  staticMember();
  // CHECK-NEXT: variable=Stats::total field=- function=staticMember
  parameter(&stats);
  // CHECK-NEXT: variable=s field=Stats::hits function=parameter
  bitField(&stats, 2);
  // CHECK-NEXT: write1 1 kind=3 variable=s field=Stats::high function=bitField
  array(&stats, 1);
  // CHECK-NEXT: variable=s field=Stats::many function=array
  nested(&stats);
  // CHECK-NEXT: variable=s field=Stats::in.other function=nested
  nestedArray(&stats, 1);
  // CHECK-NEXT: variable=s field=Stats::list[].hits function=nestedArray
  unionMember(&stats);
  // CHECK-NEXT: variable=s field=Stats::asInt function=unionMember
  inherited(&derived);
  // CHECK-NEXT: variable=d field=Stats::hits function=inherited
  derivedMember(&derived);
  // CHECK-NEXT: variable=d field=app::Derived::more function=derivedMember
  elementOf(&stats, 0);
  // CHECK-NEXT: variable=all field=Stats::hits function=elementOf
  functionStatic();
  // CHECK-NEXT: variable=calls field=- function=functionStatic
  perThread();
  // CHECK-NEXT: variable=mine field=- function=perThread
  inNamespace();
  // CHECK-NEXT: variable=app::level field=- function=inNamespace
  inUnnamedNamespace();
  // CHECK-NEXT: variable=app::hidden field=- function=inUnnamedNamespace
  stats.add();
  // CHECK-NEXT: variable=this field=Stats::hits function=Stats::add
  vectorElement(1);
  // CHECK: write4 4 kind=3 variable=numbers field=- function=vectorElement
  List list{&stats};
  list.touch();
  // CHECK: write4 4 kind=3 variable=head field=Stats::hits function=List::touch
  flag(&stats);
  // CHECK-NEXT: write1 1 kind=3 variable=s field=Stats::low function=flag
  seen = readBits(&stats);
  // CHECK-NEXT: read1 1 kind=1 variable=s field=Stats::high function=readBits
  int local = 0;
  Stats record = {};
  call([&local] { local++; });
  // CHECK: write4 4 kind=3 variable=local field=- function=main::lambda
  call([&record] { record.hits++; });
  // CHECK: write4 4 kind=3 variable=record field=Stats::hits function=main::lambda
  return local + record.hits - 2;
}
