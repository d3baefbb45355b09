; Where code runs rarely, the test is in a hook; inline it is where a function spends its time.
; RUN: %opt -load-pass-plugin=%plugin -passes=snag,verify -S %s | %FileCheck %s
; RUN: %opt -load-pass-plugin=%plugin -passes=snag,verify -snag-call-outs=0 -S %s | %FileCheck %s --check-prefix=OFF
; RUN: %opt -load-pass-plugin=%plugin -passes=snag,verify -snag-most-inline=1 -S %s | %FileCheck %s --check-prefix=ONE

target datalayout = "e-m:e-i64:64-n8:16:32:64-S128"
target triple = "x86_64-pc-linux-gnu"

; CHECK-LABEL: define void @straight
; CHECK-NOT: br i1
; CHECK: call preserve_mostcc void @__snag_check_write4(ptr %p, ptr @snag.site
; CHECK-NEXT: store i32 1, ptr %p
; CHECK-NOT: br i1
; CHECK: ret void
; OFF-LABEL: define void @straight
; OFF: br i1
; OFF: call preserve_mostcc void @__snag_check_write4(
define void @straight(ptr %p) {
  store i32 1, ptr %p, align 4
  ret void
}

; What has no hook with a test, a long vector or an unaligned access, calls the plain one.
; CHECK-LABEL: define void @sizes
; CHECK-NOT: br i1
; CHECK: call preserve_mostcc void @__snag_write32(ptr %p
; CHECK: call preserve_mostcc void @__snag_check_write16(ptr %q
; CHECK: call preserve_mostcc void @__snag_check_write1(ptr %r
; CHECK: call preserve_mostcc void @__snag_check_write2(ptr %s
; CHECK: call preserve_mostcc void @__snag_write8(ptr %t
; CHECK: ret void
define void @sizes(ptr %p, ptr %q, ptr %r, ptr %s, ptr %t) {
  store <4 x i64> zeroinitializer, ptr %p, align 32
  store <2 x i64> zeroinitializer, ptr %q, align 16
  store i8 0, ptr %r, align 1
  store i16 0, ptr %s, align 2
  store i64 0, ptr %t, align 1
  ret void
}

; The walk is hot, what comes after it is not, and what is done rarely inside it neither.
; CHECK-LABEL: define i64 @walk
; CHECK: loop:
; CHECK: xor i64 {{.*}}, 87960930222080
; CHECK: call preserve_mostcc void @__snag_read8(ptr %node
; CHECK: rarely:
; CHECK-NOT: xor i64
; CHECK: call preserve_mostcc void @__snag_check_write8(ptr %count
; CHECK: end:
; CHECK-NOT: xor i64
; CHECK: call preserve_mostcc void @__snag_check_read8(ptr %result
; CHECK: ret i64
; Only the first of two equally hot ones.
; ONE-LABEL: define i64 @walk
; ONE: loop:
; ONE: xor i64 {{.*}}, 87960930222080
; ONE: call preserve_mostcc void @__snag_read8(ptr %node
; ONE-NOT: xor i64
; ONE: call preserve_mostcc void @__snag_check_read8(ptr %other
; ONE: rarely:
define i64 @walk(ptr %first, ptr %count, ptr %result, ptr %other) {
entry:
  br label %loop
loop:
  %node = phi ptr [ %first, %entry ], [ %next, %onward ]
  %next = load ptr, ptr %node, align 8
  %key = load volatile i64, ptr %other, align 8
  %odd = icmp eq i64 %key, 0
  br i1 %odd, label %rarely, label %onward, !prof !0
rarely:
  store i64 0, ptr %count, align 8
  br label %onward
onward:
  %isLast = icmp eq ptr %next, null
  br i1 %isLast, label %end, label %loop
end:
  %v = load i64, ptr %result, align 8
  ret i64 %v
}

; CHECK-LABEL: define void @unoptimised
; CHECK-NOT: xor i64
; CHECK: call preserve_mostcc void @__snag_check_write8(ptr %p
; CHECK: ret void
define void @unoptimised(ptr %p, i64 %n) optnone noinline {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %after, %loop ]
  store volatile i64 %i, ptr %p, align 8
  %after = add i64 %i, 1
  %done = icmp eq i64 %after, %n
  br i1 %done, label %end, label %loop
end:
  ret void
}

; Checks of ranges are never inline: that they run more often than the read takes nothing from it.
; CHECK-LABEL: define void @tables
; CHECK: table:
; CHECK: xor i64 {{.*}}, 87960930222080
; CHECK: call preserve_mostcc void @__snag_read8(ptr %list
; CHECK: row:
; CHECK: call preserve_mostcc void @__snag_write_range(
; CHECK: ret void
define void @tables(ptr %first, i64 %rows, i64 %n) {
entry:
  br label %table
table:
  %list = phi ptr [ %first, %entry ], [ %next, %onward ]
  %next = load ptr, ptr %list, align 8
  br label %row
row:
  %r = phi i64 [ 0, %table ], [ %r.next, %rowDone ]
  %start = call ptr @llvm.launder.invariant.group.p0(ptr %next)
  br label %fill
fill:
  %i = phi i64 [ 0, %row ], [ %i.next, %fill ]
  %to = getelementptr inbounds i64, ptr %start, i64 %i
  store i64 0, ptr %to, align 8
  %i.next = add nuw nsw i64 %i, 1
  %filled = icmp eq i64 %i.next, %n
  br i1 %filled, label %rowDone, label %fill
rowDone:
  %r.next = add nuw nsw i64 %r, 1
  %done = icmp eq i64 %r.next, %rows
  br i1 %done, label %onward, label %row
onward:
  %isLast = icmp eq ptr %next, null
  br i1 %isLast, label %end, label %table
end:
  ret void
}

!0 = !{!"branch_weights", i32 1, i32 2000}
