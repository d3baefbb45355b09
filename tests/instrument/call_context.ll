; The context word is read at entry and written before each call that may reach a hook.
; RUN: %opt -load-pass-plugin=%plugin -passes=snag,verify -snag-call-outs=0 -S %s | %FileCheck %s

target datalayout = "e-m:e-i64:64-n8:16:32:64-S128"
target triple = "x86_64-pc-linux-gnu"

; CHECK-LABEL: define void @caller
; CHECK: alloca
; CHECK-NEXT: [[WORD:%.*]] = load i64, ptr getelementptr
; CHECK: [[THREE:%.*]] = mul i64 [[WORD]], 3
; CHECK-NEXT: [[NEXT:%.*]] = add i64 [[THREE]], {{[0-9]+}}
; CHECK-NEXT: store i64 [[NEXT]], ptr getelementptr{{.*}}@__snag_thread
; CHECK-NEXT: call void @callee
define void @caller() {
  %slot = alloca i32
  call void @callee(ptr %slot)
  ret void
}

; Recursion leaves the word as it is, so that it makes no new contexts.
; CHECK-LABEL: define void @recursive
; CHECK: [[WORD:%.*]] = load i64, ptr getelementptr
; CHECK: store i64 [[WORD]], ptr getelementptr
; CHECK-NEXT: call void @recursive
define void @recursive(i32 %n) {
  call void @recursive(i32 %n)
  ret void
}

; CHECK-LABEL: define void @leaves
; CHECK-NOT: store i64
; CHECK: ret void
define void @leaves(double %d) {
  %r = call double @pureMath(double %d)
  %a = call double @llvm.fabs.f64(double %d)
  call void asm sideeffect "nop", ""()
  ret void
}

declare void @callee(ptr)
declare double @pureMath(double) memory(none)
declare double @llvm.fabs.f64(double)
