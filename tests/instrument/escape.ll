; Objects that no other thread can see are not checked.
; RUN: %opt -load-pass-plugin=%plugin -passes=snag -snag-call-outs=0 -S %s | %FileCheck %s
; RUN: %opt -load-pass-plugin=%plugin -passes=snag -snag-call-outs=0 -snag-escape=0 -S %s | %FileCheck %s --check-prefix=OFF

target datalayout = "e-m:e-i64:64-n8:16:32:64-S128"
target triple = "x86_64-pc-linux-gnu"

; CHECK-LABEL: define i32 @private
; CHECK-NOT: __snag_{{(check_)?}}write
; CHECK: ret i32
; OFF-LABEL: define i32 @private
; OFF: __snag_{{(check_)?}}write4
; OFF: __snag_{{(check_)?}}read4
; OFF: ret i32
define i32 @private() {
  %x = alloca i32
  store volatile i32 1, ptr %x, align 4
  %v = load volatile i32, ptr %x, align 4
  ret i32 %v
}

; Stored somewhere: visible, also before the store (a loop could come round).
; CHECK-LABEL: define void @published
; CHECK: __snag_{{(check_)?}}write4(ptr %x
; CHECK: ret void
define void @published(ptr %where) {
  %x = alloca i32
  store i32 1, ptr %x, align 4
  store ptr %x, ptr %where, align 8
  ret void
}

; CHECK-LABEL: define void @passed
; CHECK: __snag_{{(check_)?}}write4(ptr %x
; CHECK: ret void
define void @passed() {
  %x = alloca i32
  store i32 1, ptr %x, align 4
  call void @unknown(ptr %x)
  ret void
}

; A callee that does not keep the pointer but synchronises may show it to another thread while it runs.
; CHECK-LABEL: define void @lent
; CHECK: __snag_{{(check_)?}}write4(ptr %x
; CHECK: ret void
define void @lent() {
  %x = alloca i32
  store i32 1, ptr %x, align 4
  call void @unknown(ptr nocapture %x)
  ret void
}

; CHECK-LABEL: define void @lentToPure
; CHECK-NOT: __snag_{{(check_)?}}write
; CHECK: ret void
define void @lentToPure() {
  %x = alloca i32
  store i32 1, ptr %x, align 4
  call void @unknown(ptr nocapture %x) nosync
  ret void
}

; Through a phi and into an integer.
; CHECK-LABEL: define i64 @asInteger
; CHECK: __snag_{{(check_)?}}write4(ptr %x
; CHECK: ret i64
define i64 @asInteger(i1 %c, ptr %other) {
  %x = alloca i32
  store i32 1, ptr %x, align 4
  %p = select i1 %c, ptr %x, ptr %other
  %i = ptrtoint ptr %p to i64
  ret i64 %i
}

declare void @unknown(ptr)
