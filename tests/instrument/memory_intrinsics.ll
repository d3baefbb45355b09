; memcpy and its kin become range checks in front of them.
; RUN: %opt -load-pass-plugin=%plugin -passes=snag,verify -snag-call-outs=0 -S %s | %FileCheck %s

target datalayout = "e-m:e-i64:64-n8:16:32:64-S128"
target triple = "x86_64-pc-linux-gnu"

; CHECK-LABEL: define void @copy
; CHECK: call preserve_mostcc void @__snag_read_range(ptr %from, i64 %n,
; CHECK-NEXT: call preserve_mostcc void @__snag_write_range(ptr %to, i64 %n,
; CHECK-NEXT: call void @llvm.memcpy
define void @copy(ptr %to, ptr %from, i64 %n) {
  call void @llvm.memcpy.p0.p0.i64(ptr %to, ptr %from, i64 %n, i1 false)
  ret void
}

; CHECK-LABEL: define void @clear
; CHECK: call preserve_mostcc void @__snag_write32(ptr %to,
; CHECK: call void @llvm.memset
define void @clear(ptr %to) {
  call void @llvm.memset.p0.i64(ptr %to, i8 0, i64 32, i1 false)
  ret void
}

; CHECK-LABEL: define void @nothing
; CHECK-NOT: __snag_{{(check_)?}}write
; CHECK: ret void
define void @nothing(ptr %to) {
  call void @llvm.memset.p0.i64(ptr %to, i8 0, i64 0, i1 false)
  ret void
}

; CHECK-LABEL: define ptr @direct
; CHECK: call preserve_mostcc void @__snag_read_range(ptr %from, i64 %n,
; CHECK: call preserve_mostcc void @__snag_write_range(ptr %to, i64 %n,
; CHECK: call ptr @mempcpy
define ptr @direct(ptr %to, ptr %from, i64 %n) {
  %end = call ptr @mempcpy(ptr %to, ptr %from, i64 %n)
  ret ptr %end
}

declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)
declare ptr @mempcpy(ptr, ptr, i64)
