// Bench: groups=kernels; args=32000; quick=1500; valgrind=300
// Arithmetic on integers of thousands of digits: each thread multiplies a part of a factorial, in the end the parts are
// multiplied and reduced digit by digit.
#include "../support.h"

class BigInteger {
 public:
  explicit BigInteger(uint32_t value) : limbs_{value} {}

  BigInteger operator*(const BigInteger& other) const {
    BigInteger product(0);
    product.limbs_.assign(limbs_.size() + other.limbs_.size(), 0);
    for (size_t i = 0; i < limbs_.size(); ++i) {
      uint64_t carry = 0;
      for (size_t k = 0; k < other.limbs_.size(); ++k) {
        carry += product.limbs_[i + k] + uint64_t(limbs_[i]) * other.limbs_[k];
        product.limbs_[i + k] = uint32_t(carry);
        carry >>= 32;
      }
      product.limbs_[i + other.limbs_.size()] = uint32_t(carry);
    }
    product.trim();
    return product;
  }

  // Divides by a small number and returns the remainder.
  uint32_t divide(uint32_t divisor) {
    uint64_t remainder = 0;
    for (size_t i = limbs_.size(); i-- > 0;) {
      remainder = remainder << 32 | limbs_[i];
      limbs_[i] = uint32_t(remainder / divisor);
      remainder %= divisor;
    }
    trim();
    return uint32_t(remainder);
  }

  bool isZero() const { return limbs_.size() == 1 && limbs_[0] == 0; }

 private:
  void trim() {
    while (limbs_.size() > 1 && limbs_.back() == 0) limbs_.pop_back();
  }

  std::vector<uint32_t> limbs_;  // the lowest first
};

static BigInteger productOf(Range numbers) {
  BigInteger product(1);
  for (long i = numbers.first; i < numbers.last; ++i) product = product * BigInteger(uint32_t(i + 1));
  return product;
}

int main(int argc, char** argv) {
  long n = argumentOr(argc, argv, 1, 32000);
  int threads = int(argumentOr(argc, argv, 2, 2));
  std::vector<BigInteger> parts(threads, BigInteger(1));
  onThreads(threads, [&](int index) { parts[index] = productOf(shareOf(n, threads, index)); });
  BigInteger factorial(1);
  for (const BigInteger& part : parts) factorial = factorial * part;
  uint64_t sum = 0;
  while (!factorial.isZero()) sum = fold(sum, factorial.divide(1000000000));
  printChecksum(sum);
}
