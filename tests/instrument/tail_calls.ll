; A call in an instrumented function never takes the place of its caller's frame, whether or not there are accesses.
; RUN: %opt -load-pass-plugin=%plugin -passes=snag,verify -snag-call-outs=0 -S %s | %FileCheck %s
; RUN: %opt -load-pass-plugin=%plugin -passes=snag -snag-call-outs=0 %s | %llvm_bin/llc -O2 -o - | %FileCheck %s --check-prefix=CODE

target datalayout = "e-m:e-i64:64-n8:16:32:64-S128"
target triple = "x86_64-pc-linux-gnu"

; CHECK: define void @onlyCalls(ptr %p) #[[FRAME:[0-9]+]]
; CHECK: load i64, {{.*}}@__snag_thread
; CHECK: store i64 {{.*}}@__snag_thread
; CHECK-NEXT: notail call void @free(ptr %p)
; CODE-LABEL: onlyCalls:
; CODE: pushq %rbp
; CODE: callq free
; CODE: retq
define void @onlyCalls(ptr %p) {
  tail call void @free(ptr %p)
  ret void
}

; Later passes may mark what is unmarked.
; CHECK-LABEL: define void @unmarked
; CHECK: notail call void @free(ptr %p)
define void @unmarked(ptr %p) {
  call void @free(ptr %p)
  ret void
}

; CHECK-LABEL: define i32 @mustStay
; CHECK: musttail call i32 @sameSignature(ptr %p)
; CHECK-NEXT: ret i32
define i32 @mustStay(ptr %p) {
  %v = musttail call i32 @sameSignature(ptr %p)
  ret i32 %v
}

; CHECK: attributes #[[FRAME]] = { {{.*}}"frame-pointer"="all"
declare void @free(ptr)
declare i32 @sameSignature(ptr)
