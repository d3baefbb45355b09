; A module that the pass has already seen (at compile time, then in an LTO link) is not instrumented again.
; RUN: %opt -load-pass-plugin=%plugin -passes=snag -snag-call-outs=0 -S %s -o %t.once
; RUN: %opt -load-pass-plugin=%plugin -passes=snag -snag-call-outs=0 -S %t.once -o %t.twice
; RUN: %FileCheck %s < %t.twice

target triple = "x86_64-pc-linux-gnu"

; CHECK: @llvm.global_ctors = appending global [1 x
; CHECK-LABEL: define void @store
; CHECK-COUNT-1: call preserve_mostcc void @__snag_{{(check_)?}}write4(
; CHECK-NOT: __snag_{{(check_)?}}write4(
; CHECK: ret void
define void @store(ptr %p) {
  store i32 1, ptr %p, align 4
  ret void
}
