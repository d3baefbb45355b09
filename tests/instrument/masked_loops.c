// Loops that the vectoriser turns into masked, gathered and 512-bit accesses keep their accesses checked.
// RUN: %clang -O3 -mavx512f -mavx512vl -mprefer-vector-width=512 -fpass-plugin=%plugin -S -emit-llvm %s -o - | %FileCheck %s
// RUN: %clang -O3 -mavx512f -mavx512vl -mprefer-vector-width=512 -fpass-plugin=%plugin -c %s -o %t.o
// CHECK-LABEL: define {{.*}}@wide
// CHECK: call preserve_mostcc void @__snag_read_range(
// CHECK: call preserve_mostcc void @__snag_write_range(
// CHECK: store <16 x float>
void wide(float *restrict a, const float *restrict b, int n) {
  for (int i = 0; i < n; ++i)
    a[i] += b[i];
}
// CHECK-LABEL: define {{.*}}@conditional
// CHECK: call preserve_mostcc void @__snag_{{read|write}}_lane(
void conditional(int *restrict a, const int *restrict b, int n) {
  for (int i = 0; i < n; ++i)
    if (b[i])
      a[i] = b[i] + 1;
}
// CHECK-LABEL: define {{.*}}@indexed
// CHECK: call preserve_mostcc void @__snag_read4(
int indexed(const int *restrict a, const int *restrict index, int n) {
  int sum = 0;
  for (int i = 0; i < n; ++i)
    sum += a[index[i]];
  return sum;
}
