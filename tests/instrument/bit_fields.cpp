// A bit-field is named, not the integer that holds it: from the bits that a store changes and that a read looks at.
// RUN: %clangxx -O0 -g -fpass-plugin=%plugin %s %runtime -o %t && env SNAG_TRACE=1 %t 2>&1 | %FileCheck %s
// RUN: %clangxx -O2 -g -fpass-plugin=%plugin %s %runtime -o %t && env SNAG_TRACE=1 %t 2>&1 | %FileCheck %s
#define KEEP __attribute__((noinline))

struct Flags {
  unsigned clean : 1;
  unsigned dirty : 3;
  unsigned rest : 28;
};
struct Narrow {
  unsigned char low : 1, middle : 3, high : 4;
  int number;
};
struct Signed {
  int first : 5, second : 6, third : 21;
};
Flags flags;
Narrow narrow;
Signed sign;

KEEP void addToGlobal() { flags.dirty += 1; }
KEEP void subtract(Flags *f) { f->dirty -= 1; }
KEEP void addToLast(Flags *f) { f->rest += 1; }
KEEP void addToFirst(Flags *f) { f->clean += 1; }
KEEP void assign(Flags *f, int v) { f->dirty = v; }
KEEP void choose(Flags *f, bool c) { f->dirty = c ? 3 : 4; }
KEEP void setBit(Flags *f) { f->dirty |= 4; }
KEEP void clearBits(Flags *f) { f->dirty &= 1; }
KEEP void toggle(Flags *f) { f->dirty ^= 7; }
KEEP void increment(Narrow *n) { n->middle++; }
KEEP void addSigned(Signed *s) { s->second += 3; }
KEEP unsigned read(Flags *f) { return f->dirty; }
KEEP bool compare(Flags *f) { return f->dirty > 2; }
KEEP bool compareEqual(Flags *f) { return f->rest == 5; }
KEEP int readNarrow(Narrow *n) { return n->high; }
KEEP int readSigned(Signed *s) { return s->third; }
volatile int seen;

int main() {
  addToGlobal();
  // CHECK: write4 4 kind=3 variable=flags field=Flags::dirty function=addToGlobal
  subtract(&flags);
  // CHECK: variable=f field=Flags::dirty function=subtract
  addToLast(&flags);
  // CHECK: variable=f field=Flags::rest function=addToLast
  addToFirst(&flags);
  // CHECK: variable=f field=Flags::clean function=addToFirst
  assign(&flags, 2);
  // CHECK: variable=f field=Flags::dirty function=assign
  choose(&flags, true);
  // CHECK: variable=f field=Flags::dirty function=choose
  setBit(&flags);
  // CHECK: variable=f field=Flags::dirty function=setBit
  clearBits(&flags);
  // CHECK: variable=f field=Flags::dirty function=clearBits
  toggle(&flags);
  // CHECK: variable=f field=Flags::dirty function=toggle
  increment(&narrow);
  // CHECK: write1 1 kind=3 variable=n field=Narrow::middle function=increment
  addSigned(&sign);
  // CHECK: variable=s field=Signed::second function=addSigned
  seen = read(&flags);
  // CHECK: read4 4 kind=1 variable=f field=Flags::dirty function=read line
  seen = compare(&flags);
  // CHECK: read4 4 kind=1 variable=f field=Flags::dirty function=compare line
  seen = compareEqual(&flags);
  // CHECK: read4 4 kind=1 variable=f field=Flags::rest function=compareEqual
  seen = readNarrow(&narrow);
  // CHECK: variable=n field=Narrow::high function=readNarrow
  seen = readSigned(&sign);
  // CHECK: variable=s field=Signed::third function=readSigned
}
