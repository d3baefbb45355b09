; Reads of memory that nobody writes are not checked.
; RUN: %opt -load-pass-plugin=%plugin -passes=snag -snag-call-outs=0 -S %s | %FileCheck %s
; RUN: %opt -load-pass-plugin=%plugin -passes=snag -snag-call-outs=0 -snag-constant-memory=0 -S %s | %FileCheck %s --check-prefix=OFF

target datalayout = "e-m:e-i64:64-n8:16:32:64-S128"
target triple = "x86_64-pc-linux-gnu"

@table = constant [4 x i32] [i32 1, i32 2, i32 3, i32 4]
@unwritten = internal global [4 x i32] [i32 1, i32 2, i32 3, i32 4]
@written = internal global i32 0
@lent = internal global i32 0
@visible = global i32 0

; CHECK-LABEL: define i32 @constants
; CHECK-NOT: call {{.*}}__snag_{{(check_)?}}read
; CHECK: ret i32
; OFF-LABEL: define i32 @constants
; OFF: __snag_{{(check_)?}}read4
; OFF: __snag_{{(check_)?}}read4
; OFF: ret i32
define i32 @constants(i64 %i) {
  %p = getelementptr [4 x i32], ptr @table, i64 0, i64 %i
  %a = load i32, ptr %p, align 4
  %q = getelementptr [4 x i32], ptr @unwritten, i64 0, i64 %i
  %b = load i32, ptr %q, align 4
  %s = add i32 %a, %b
  ret i32 %s
}

; CHECK-LABEL: define i32 @variables
; CHECK: __snag_{{(check_)?}}read4(ptr @written
; CHECK: __snag_{{(check_)?}}read4(ptr @lent
; CHECK: __snag_{{(check_)?}}read4(ptr @visible
define i32 @variables() {
  %a = load i32, ptr @written, align 4
  %b = load i32, ptr @lent, align 4
  %c = load i32, ptr @visible, align 4
  %d = add i32 %a, %b
  %e = add i32 %c, %d
  ret i32 %e
}

define void @writer() {
  store i32 1, ptr @written, align 4
  call void @unknown(ptr @lent)
  ret void
}

; The object's vtable pointer is checked, the vtable is not.
; CHECK-LABEL: define ptr @virtualCall
; CHECK: __snag_{{(check_)?}}read8(ptr %object
; CHECK-NOT: __snag_{{(check_)?}}read8
; CHECK: ret ptr
; OFF-LABEL: define ptr @virtualCall
; OFF: __snag_{{(check_)?}}read8(ptr %object
; OFF: __snag_{{(check_)?}}read8(ptr %slot
define ptr @virtualCall(ptr %object) {
  %vtable = load ptr, ptr %object, align 8, !tbaa !0
  %slot = getelementptr ptr, ptr %vtable, i64 2
  %function = load ptr, ptr %slot, align 8
  ret ptr %function
}

declare void @unknown(ptr)
!0 = !{!1, !1, i64 0}
!1 = !{!"vtable pointer", !2, i64 0}
!2 = !{!"Simple C++ TBAA"}
