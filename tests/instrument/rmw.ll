; A store whose value depends on a load of the same address becomes one check of kind READ | WRITE (3), before the load.
; RUN: %opt -load-pass-plugin=%plugin -passes=snag,verify -snag-call-outs=0 -snag-redundancy=0 -S %s | %FileCheck %s
; RUN: %opt -load-pass-plugin=%plugin -passes=snag -snag-call-outs=0 -snag-redundancy=0 -snag-rmw=0 -S %s | %FileCheck %s --check-prefix=OFF

target datalayout = "e-m:e-i64:64-n8:16:32:64-S128"
target triple = "x86_64-pc-linux-gnu"

@counter = global i32 0
@pointer = global ptr null

; CHECK-LABEL: define void @increment
; CHECK: __snag_{{(check_)?}}write4(ptr @counter
; CHECK: load i32, ptr @counter
; CHECK-NOT: __snag_{{read|write}}4
; CHECK: ret void
; OFF-LABEL: define void @increment
; OFF: __snag_{{(check_)?}}read4(ptr @counter
; OFF: load i32, ptr @counter
; OFF: __snag_{{(check_)?}}write4(ptr @counter
; OFF: ret void
define void @increment() {
  %v = load i32, ptr @counter, align 4
  %n = add i32 %v, 1
  store i32 %n, ptr @counter, align 4
  ret void
}

; -O0 code: the pointer is loaded from its slot for each use.
; CHECK-LABEL: define void @memberThroughSlots
; CHECK: __snag_{{(check_)?}}write4(ptr %a
; CHECK-NOT: __snag_{{read|write}}4
; CHECK: ret void
define void @memberThroughSlots(ptr %s) {
  %slot = alloca ptr
  %temporary = alloca i32
  store ptr %s, ptr %slot, align 8
  %p = load ptr, ptr %slot, align 8
  %a = getelementptr i8, ptr %p, i64 4
  %v = load i32, ptr %a, align 4
  store i32 %v, ptr %temporary, align 4
  %w = load i32, ptr %temporary, align 4
  %n = add i32 %w, 1
  %q = load ptr, ptr %slot, align 8
  %b = getelementptr i8, ptr %q, i64 4
  store i32 %n, ptr %b, align 4
  ret void
}

; x = f(x) for a function that touches no memory and surely returns.
; CHECK-LABEL: define void @throughPureCall
; CHECK: __snag_{{(check_)?}}write4(ptr @counter
; CHECK-NOT: __snag_{{read|write}}4
; CHECK: ret void
define void @throughPureCall() {
  %v = load i32, ptr @counter, align 4
  %n = call i32 @pure(i32 %v)
  store i32 %n, ptr @counter, align 4
  ret void
}

; Must stay two checks: the pointer may have changed in between.
; CHECK-LABEL: define void @slotOverwritten
; CHECK: __snag_{{(check_)?}}read4(ptr %p
; CHECK: __snag_{{(check_)?}}write4(ptr %q
; CHECK: ret void
define void @slotOverwritten(ptr %other) {
  %p = load ptr, ptr @pointer, align 8
  %v = load i32, ptr %p, align 4
  store ptr null, ptr %other, align 8
  %n = add i32 %v, 1
  %q = load ptr, ptr @pointer, align 8
  store i32 %n, ptr %q, align 4
  ret void
}

; Must stay two checks: the call may synchronise. The store is marked PART_OF_RMW (2 + 16).
; CHECK-LABEL: define void @callBetween
; CHECK: __snag_{{(check_)?}}read4(ptr @counter
; CHECK: call i32 @unknown
; CHECK: __snag_{{(check_)?}}write4(ptr @counter
; CHECK: ret void
define void @callBetween() {
  %v = load i32, ptr @counter, align 4
  %n = call i32 @unknown(i32 %v)
  store i32 %n, ptr @counter, align 4
  ret void
}

; CHECK-LABEL: define void @fenceBetween
; CHECK: __snag_{{(check_)?}}read4(ptr @counter
; CHECK: __snag_{{(check_)?}}write4(ptr @counter
; CHECK: ret void
define void @fenceBetween() {
  %v = load i32, ptr @counter, align 4
  fence seq_cst
  %n = add i32 %v, 1
  store i32 %n, ptr @counter, align 4
  ret void
}

; Must stay two checks: the store may not happen.
; CHECK-LABEL: define void @conditional
; CHECK: __snag_{{(check_)?}}read4(ptr @counter
; CHECK: __snag_{{(check_)?}}write4(ptr @counter
; CHECK: ret void
define void @conditional() {
  %v = load i32, ptr @counter, align 4
  %c = icmp slt i32 %v, 5
  br i1 %c, label %then, label %done
then:
  %n = add i32 %v, 1
  store i32 %n, ptr @counter, align 4
  br label %done
done:
  ret void
}

; Not a read-modify-write: the value does not depend on the load.
; CHECK-LABEL: define i32 @exchange
; CHECK: __snag_{{(check_)?}}read4(ptr @counter
; CHECK: __snag_{{(check_)?}}write4(ptr @counter
; CHECK: ret i32
define i32 @exchange(i32 %n) {
  %v = load i32, ptr @counter, align 4
  store i32 %n, ptr @counter, align 4
  ret i32 %v
}

; Not one either: other bytes.
; CHECK-LABEL: define void @neighbour
; CHECK: __snag_{{(check_)?}}read4(ptr %p
; CHECK: __snag_{{(check_)?}}write4(ptr %q
; CHECK: ret void
define void @neighbour(ptr %p) {
  %v = load i32, ptr %p, align 4
  %q = getelementptr i8, ptr %p, i64 4
  store i32 %v, ptr %q, align 4
  ret void
}

declare i32 @pure(i32) memory(none) nounwind willreturn
declare i32 @unknown(i32)
