; An aligned access is tested inline and calls the hook only when the test fails; others call at once.
; RUN: %opt -load-pass-plugin=%plugin -passes=snag,verify -snag-call-outs=0 -S %s | %FileCheck %s

target datalayout = "e-m:e-i64:64-n8:16:32:64-S128"
target triple = "x86_64-pc-linux-gnu"

; CHECK: @__snag_thread = external thread_local(initialexec) global
; CHECK: section "snag_sites"
; CHECK: @llvm.global_ctors = {{.*}} { i32 0, ptr @snag.module_begin, ptr null }
; CHECK: @llvm.compiler.used = {{.*}} @snag.runtime

; CHECK-LABEL: define i64 @eightBytes
; CHECK: [[ENTRY:%.*]] = load i64, ptr getelementptr{{.*}}@__snag_thread
; CHECK: [[CONTEXT:%.*]] = mul i64 [[ENTRY]], 3
; CHECK: [[ADDRESS:%.*]] = ptrtoint ptr %p to i64
; CHECK-NEXT: [[FLIPPED:%.*]] = xor i64 [[ADDRESS]], 87960930222080
; CHECK-NEXT: [[SHADOW:%.*]] = add i64 [[FLIPPED]], 1048576
; CHECK-NEXT: [[PLACE:%.*]] = inttoptr i64 [[SHADOW]]
; CHECK-NEXT: load i32, ptr @__snag_thread, align 4, !nosanitize
; CHECK-NEXT: load i32, ptr [[PLACE]], align 4, !nosanitize
; CHECK: br i1
; CHECK: load i32, ptr {{.*}}, align 4, !nosanitize
; CHECK: br i1 {{.*}}, !prof
; A read of data that several threads read is compared once more, in the cold block before the call.
; CHECK: load i32, ptr getelementptr{{.*}}@__snag_thread, {{.*}} align 4, !nosanitize
; CHECK: br i1 {{.*}}, !prof
; CHECK: call preserve_mostcc void @__snag_read8(ptr %p, ptr @snag.site{{.*}}, i64 [[CONTEXT]])
; CHECK: load i64, ptr %p, align 8
define i64 @eightBytes(ptr %p) {
  %v = load i64, ptr %p, align 8
  ret i64 %v
}

; A smaller one, where it is not known which bytes of the word it is, compares all eight and leaves the rest to the
; hook: usually all are the segment's.
; CHECK-LABEL: define void @fourBytes
; CHECK: and i64 {{.*}}, -8
; CHECK-NOT: shl
; CHECK: icmp ne i32
; CHECK: call preserve_mostcc void @__snag_check_write4(
; CHECK: store i32 1, ptr %p
define void @fourBytes(ptr %p) {
  store i32 1, ptr %p, align 4
  ret void
}

; Known low bits of the address make the compared bits a constant: bytes 4 to 7.
; CHECK-LABEL: define void @upperHalf
; CHECK: and i32 {{.*}}, -251658241
; CHECK: call preserve_mostcc void @__snag_write4(
define void @upperHalf(ptr align 8 %p) {
  %q = getelementptr i8, ptr %p, i64 4
  store i32 1, ptr %q, align 4
  ret void
}

; CHECK-LABEL: define void @unaligned
; CHECK-NOT: br i1
; CHECK: call preserve_mostcc void @__snag_write8(
define void @unaligned(ptr %p) {
  store i64 1, ptr %p, align 1
  ret void
}

; CHECK-LABEL: define void @oddSizes
; CHECK: call preserve_mostcc void @__snag_write_range(ptr %p, i64 3,
; CHECK: call preserve_mostcc void @__snag_write_range(ptr %q, i64 10,
; CHECK: call preserve_mostcc void @__snag_write16(ptr %r,
; CHECK: call preserve_mostcc void @__snag_write_range(ptr %s, i64 24,
define void @oddSizes(ptr %p, ptr %q, ptr %r, ptr %s, {i64, i64, i64} %agg) {
  store i24 1, ptr %p, align 4
  store x86_fp80 0xK3FFF8000000000000000, ptr %q, align 16
  store i128 1, ptr %r, align 16
  store {i64, i64, i64} %agg, ptr %s, align 8
  ret void
}

; CHECK-LABEL: define <16 x float> @vector
; CHECK: call preserve_mostcc void @__snag_read64(
define <16 x float> @vector(ptr %p) {
  %v = load <16 x float>, ptr %p, align 64
  ret <16 x float> %v
}

; Two or four whole words are tested at once; both words' halves go into one branch.
; CHECK-LABEL: define void @twoWords
; CHECK: [[OWN:%.*]] = load i32, ptr @__snag_thread
; CHECK: [[FIRST:%.*]] = load i32
; CHECK: xor i32 [[FIRST]], [[OWN]]
; CHECK: [[SECOND:%.*]] = load i32
; CHECK: xor i32 [[SECOND]], [[OWN]]
; CHECK: [[BOTH:%.*]] = or i32
; CHECK: icmp ne i32 [[BOTH]], 0
; CHECK: call preserve_mostcc void @__snag_write16(
define void @twoWords(ptr %p, <2 x double> %v) {
  store <2 x double> %v, ptr %p, align 8
  ret void
}

; CHECK-LABEL: define <4 x i32> @unalignedWords
; CHECK-NOT: br i1
; CHECK: call preserve_mostcc void @__snag_read16(
define <4 x i32> @unalignedWords(ptr %p) {
  %v = load <4 x i32>, ptr %p, align 4
  ret <4 x i32> %v
}

; CHECK-LABEL: define i32 @volatileIsPlain
; CHECK: call preserve_mostcc void @__snag_check_read4(
define i32 @volatileIsPlain(ptr %p) {
  %v = load volatile i32, ptr %p, align 4
  ret i32 %v
}

; CHECK-LABEL: define i32 @otherAddressSpace
; CHECK-NOT: __snag_
; CHECK: ret i32
define i32 @otherAddressSpace(ptr addrspace(257) %p) {
  %v = load i32, ptr addrspace(257) %p, align 4
  ret i32 %v
}

; CHECK-LABEL: define i32 @optedOut
; CHECK-NOT: snag
; CHECK: ret i32
define i32 @optedOut(ptr %p) disable_sanitizer_instrumentation {
  %v = load i32, ptr %p, align 4
  ret i32 %v
}

; CHECK-LABEL: define i32 @markedAccess
; CHECK-NOT: __snag_
; CHECK: ret i32
define i32 @markedAccess(ptr %p) {
  %v = load i32, ptr %p, align 4, !nosanitize !0
  ret i32 %v
}

; CHECK: define internal void @snag.module_begin()
; CHECK: call void @__snag_module_begin(ptr @snag.module)
!0 = !{}
