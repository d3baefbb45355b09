// A program whose debug info the symbolizer tests read. It is never run.
struct Lockable {
  int state[4];
};

struct Base {
  int baseValue;
};

struct Account : Base {
  long hits;
  struct {
    int left, right;
  } parts;
  Lockable locks[3];
};

Account fixtureAccount;
static int fixtureStatic;
Account* fixturePointer = &fixtureAccount;
bool fixtureFlag;

static inline __attribute__((always_inline)) void addInlined(int amount) {
  fixtureAccount.hits += amount;  // the inlined line
}

__attribute__((noinline)) void fixtureCaller(int amount) {
  addInlined(amount);
  fixtureStatic += amount;
}

int main(int argc, char**) {
  fixtureCaller(argc);
  return static_cast<int>(fixtureAccount.hits);
}
