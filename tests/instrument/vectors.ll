; Masked, gathered and packed vector accesses.
; RUN: %opt -load-pass-plugin=%plugin -passes=snag,verify -snag-call-outs=0 -S %s | %FileCheck %s

target datalayout = "e-m:e-i64:64-n8:16:32:64-S128"
target triple = "x86_64-pc-linux-gnu"

; CHECK-LABEL: define void @scatter
; CHECK: [[LANE:%.*]] = extractelement <2 x ptr> %ps, i32 0
; CHECK: [[ON:%.*]] = extractelement <2 x i1> %m, i32 0
; CHECK: [[BELOW:%.*]] = icmp ult i32 0, %n
; CHECK: [[BOTH:%.*]] = and i1 [[ON]], [[BELOW]]
; CHECK: [[FLAG:%.*]] = zext i1 [[BOTH]] to i32
; CHECK: call preserve_mostcc void @__snag_write_lane(ptr [[LANE]], i64 4, i32 [[FLAG]],
; CHECK: call preserve_mostcc void @__snag_write_lane(
define void @scatter(<2 x ptr> %ps, <2 x i1> %m, <2 x i32> %v, i32 %n) {
  call void @llvm.vp.scatter.v2i32.v2p0(<2 x i32> %v, <2 x ptr> %ps, <2 x i1> %m, i32 %n)
  ret void
}

; As many elements as lanes are active.
; CHECK-LABEL: define void @compress
; CHECK: call {{.*}}i8 @llvm.ctpop.i8(
; CHECK: call preserve_mostcc void @__snag_write_range(ptr %p, i64
define void @compress(ptr %p, <8 x i64> %v, <8 x i1> %m) {
  call void @llvm.masked.compressstore.v8i64(<8 x i64> %v, ptr %p, <8 x i1> %m)
  ret void
}

declare void @llvm.vp.scatter.v2i32.v2p0(<2 x i32>, <2 x ptr>, <2 x i1>, i32)
declare void @llvm.masked.compressstore.v8i64(<8 x i64>, ptr, <8 x i1>)
