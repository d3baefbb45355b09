// Bench: groups=kernels call-heavy; args=30000 150; quick=2000 60; valgrind=400 20
// Trees of expressions, evaluated through virtual calls by every thread.
#include "../support.h"

#include <memory>

class Expression {
 public:
  virtual ~Expression() = default;
  virtual uint64_t evaluate(const uint64_t* variables) const = 0;
};

using Pointer = std::unique_ptr<Expression>;

class Constant : public Expression {
 public:
  explicit Constant(uint64_t value) : value_(value) {}
  uint64_t evaluate(const uint64_t*) const override { return value_; }

 private:
  uint64_t value_;
};

class Variable : public Expression {
 public:
  explicit Variable(int slot) : slot_(slot) {}
  uint64_t evaluate(const uint64_t* variables) const override { return variables[slot_]; }

 private:
  int slot_;
};

template <class Operation>
class Binary : public Expression {
 public:
  Binary(Pointer left, Pointer right) : left_(std::move(left)), right_(std::move(right)) {}
  uint64_t evaluate(const uint64_t* variables) const override {
    return Operation()(left_->evaluate(variables), right_->evaluate(variables));
  }

 private:
  Pointer left_, right_;
};

struct Plus {
  uint64_t operator()(uint64_t a, uint64_t b) const { return a + b; }
};
struct Times {
  uint64_t operator()(uint64_t a, uint64_t b) const { return a * b; }
};
struct Differ {
  uint64_t operator()(uint64_t a, uint64_t b) const { return a ^ b; }
};

static Pointer randomExpression(uint64_t* seed, int depth) {
  if (depth == 0 && randomBelow(seed, 2)) return std::make_unique<Constant>(nextRandom(seed));
  if (depth == 0) return std::make_unique<Variable>(int(randomBelow(seed, 8)));
  Pointer left = randomExpression(seed, depth - 1),
          right = randomExpression(seed, int(randomBelow(seed, unsigned(depth))));
  switch (randomBelow(seed, 3)) {
    case 0: return std::make_unique<Binary<Plus>>(std::move(left), std::move(right));
    case 1: return std::make_unique<Binary<Times>>(std::move(left), std::move(right));
    default: return std::make_unique<Binary<Differ>>(std::move(left), std::move(right));
  }
}

int main(int argc, char** argv) {
  long rounds = argumentOr(argc, argv, 1, 30000), count = argumentOr(argc, argv, 2, 150);
  int threads = int(argumentOr(argc, argv, 3, 2));
  uint64_t seed = 31;
  std::vector<Pointer> expressions;
  for (long i = 0; i < count; ++i) expressions.push_back(randomExpression(&seed, 4));
  std::vector<uint64_t> sums(threads);
  onThreads(threads, [&](int index) {
    Range mine = shareOf(rounds, threads, index);
    uint64_t variables[8] = {}, sum = 0;
    for (long round = mine.first; round < mine.last; ++round) {
      variables[round % 8] = uint64_t(round);
      for (const Pointer& expression : expressions) sum = fold(sum, expression->evaluate(variables));
    }
    sums[index] = sum;
  });
  uint64_t sum = 0;
  for (uint64_t part : sums) sum = fold(sum, part);
  printChecksum(sum);
}
