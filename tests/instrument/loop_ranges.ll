; What a counted loop surely accesses is checked before it: one place, or one range.
; RUN: %opt -load-pass-plugin=%plugin -passes=snag,verify -snag-call-outs=0 -S %s | %FileCheck %s
; RUN: %opt -load-pass-plugin=%plugin -passes=snag -snag-call-outs=0 -snag-loop-ranges=0 -S %s | %FileCheck %s --check-prefix=OFF

target datalayout = "e-m:e-i64:64-n8:16:32:64-S128"
target triple = "x86_64-pc-linux-gnu"

@flag = global i32 0

; n rounds of 4 bytes, in a preheader of its own: n is at least 1 there. The site knows the element's size.
; CHECK: @snag.site{{.*}} i8 2, i8 4 }
; CHECK-LABEL: define void @fill
; CHECK: [[BYTES:%.*]] = {{shl|mul}} {{.*}}i64
; CHECK: call preserve_mostcc void @__snag_write_range(ptr %p, i64 {{%.*}}, ptr @snag.site
; CHECK: loop:
; CHECK-NOT: __snag_
; CHECK: ret void
; OFF-LABEL: define void @fill
; OFF: loop:
; OFF: __snag_{{(check_)?}}write4(
; OFF: ret void
define void @fill(ptr %p, i64 %n) {
  %any = icmp ne i64 %n, 0
  br i1 %any, label %loop, label %done
loop:
  %i = phi i64 [ 0, %0 ], [ %next, %loop ]
  %a = getelementptr inbounds i32, ptr %p, i64 %i
  store i32 1, ptr %a, align 4
  %next = add nuw nsw i64 %i, 1
  %c = icmp ult i64 %next, %n
  br i1 %c, label %loop, label %done
done:
  ret void
}

; 100 elements downwards, from %p + 396.
; CHECK-LABEL: define void @downwards
; CHECK: call preserve_mostcc void @__snag_write_range(ptr %p, i64 400,
; CHECK: loop:
; CHECK-NOT: __snag_
; CHECK: ret void
define void @downwards(ptr %p) {
  br label %loop
loop:
  %i = phi i64 [ 99, %0 ], [ %next, %loop ]
  %a = getelementptr inbounds i32, ptr %p, i64 %i
  store i32 1, ptr %a, align 4
  %next = add nsw i64 %i, -1
  %c = icmp sge i64 %next, 0
  br i1 %c, label %loop, label %done
done:
  ret void
}

; The copies of an unrolled loop fill its step.
; CHECK-LABEL: define void @unrolled
; CHECK: call preserve_mostcc void @__snag_write_range(ptr %p, i64 800,
; CHECK-NOT: __snag_
; CHECK: ret void
define void @unrolled(ptr %p) {
  br label %loop
loop:
  %i = phi i64 [ 0, %0 ], [ %next, %loop ]
  %a = getelementptr inbounds i32, ptr %p, i64 %i
  %b = getelementptr inbounds i8, ptr %a, i64 4
  store i32 1, ptr %a, align 4
  store i32 1, ptr %b, align 4
  %next = add nuw nsw i64 %i, 2
  %c = icmp ult i64 %next, 200
  br i1 %c, label %loop, label %done
done:
  ret void
}

; One place: an inline check in front of the loop.
; CHECK-LABEL: define void @onePlace
; CHECK: __snag_{{(check_)?}}write4(ptr %p
; CHECK: loop:
; CHECK-NOT: __snag_
; CHECK: ret void
define void @onePlace(ptr %p, i64 %n) {
  br label %loop
loop:
  %i = phi i64 [ 0, %0 ], [ %next, %loop ]
  store i32 1, ptr %p, align 4
  %next = add nuw nsw i64 %i, 1
  %c = icmp ult i64 %next, %n
  br i1 %c, label %loop, label %done
done:
  ret void
}

; Must stay in the loop: every second element only.
; CHECK-LABEL: define void @everySecond
; CHECK: loop:
; CHECK: __snag_{{(check_)?}}write4(
; CHECK: ret void
define void @everySecond(ptr %p) {
  br label %loop
loop:
  %i = phi i64 [ 0, %0 ], [ %next, %loop ]
  %a = getelementptr inbounds i32, ptr %p, i64 %i
  store i32 1, ptr %a, align 4
  %next = add nuw nsw i64 %i, 2
  %c = icmp ult i64 %next, 200
  br i1 %c, label %loop, label %done
done:
  ret void
}

; Must stay: not in every round.
; CHECK-LABEL: define void @sometimes
; CHECK: then:
; CHECK: __snag_{{(check_)?}}write4(
; CHECK: ret void
define void @sometimes(ptr %p, i64 %bits) {
  br label %loop
loop:
  %i = phi i64 [ 0, %0 ], [ %next, %latch ]
  %shifted = lshr i64 %bits, %i
  %odd = trunc i64 %shifted to i1
  br i1 %odd, label %then, label %latch
then:
  %a = getelementptr inbounds i32, ptr %p, i64 %i
  store i32 1, ptr %a, align 4
  br label %latch
latch:
  %next = add nuw nsw i64 %i, 1
  %c = icmp ult i64 %next, 60
  br i1 %c, label %loop, label %done
done:
  ret void
}

; Must stay: a second exit may come before.
; CHECK-LABEL: define void @earlyExit
; CHECK: loop:
; CHECK: __snag_{{(check_)?}}write4(
; CHECK: ret void
define void @earlyExit(ptr %p, i64 %bits) {
  br label %loop
loop:
  %i = phi i64 [ 0, %0 ], [ %next, %latch ]
  %a = getelementptr inbounds i32, ptr %p, i64 %i
  store i32 1, ptr %a, align 4
  %shifted = lshr i64 %bits, %i
  %odd = trunc i64 %shifted to i1
  br i1 %odd, label %done, label %latch
latch:
  %next = add nuw nsw i64 %i, 1
  %c = icmp ult i64 %next, 60
  br i1 %c, label %loop, label %done
done:
  ret void
}

; A loop inside, of which the language promises that it ends: each round follows for sure.
; CHECK-LABEL: define void @loopInside
; CHECK: call preserve_mostcc void @__snag_write_range(ptr %p, i64 240,
; CHECK: outer:
; CHECK-NOT: __snag_{{(check_)?}}write4(
; CHECK: ret void
define void @loopInside(ptr %p, ptr %q) mustprogress {
  br label %outer
outer:
  %i = phi i64 [ 0, %0 ], [ %next, %outerEnd ]
  br label %inner
inner:
  %each = phi ptr [ %q, %outer ], [ %after, %inner ]
  %after = load ptr, ptr %each, align 8
  %any = icmp ne ptr %after, null
  br i1 %any, label %inner, label %outerEnd
outerEnd:
  %a = getelementptr inbounds i32, ptr %p, i64 %i
  store i32 1, ptr %a, align 4
  %next = add nuw nsw i64 %i, 1
  %c = icmp ult i64 %next, 60
  br i1 %c, label %outer, label %done
done:
  ret void
}

; Must stay: the loop inside may never end, as C allows if its condition is a constant.
; CHECK-LABEL: define void @endlessInside
; CHECK-NOT: __snag_write_range
; CHECK: outerEnd:
; CHECK: __snag_{{(check_)?}}write4(
; CHECK: ret void
define void @endlessInside(ptr %p, ptr %q) {
  br label %outer
outer:
  %i = phi i64 [ 0, %0 ], [ %next, %outerEnd ]
  br label %inner
inner:
  %each = phi ptr [ %q, %outer ], [ %after, %inner ]
  %after = load ptr, ptr %each, align 8
  %any = icmp ne ptr %after, null
  br i1 %any, label %inner, label %outerEnd
outerEnd:
  %a = getelementptr inbounds i32, ptr %p, i64 %i
  store i32 1, ptr %a, align 4
  %next = add nuw nsw i64 %i, 1
  %c = icmp ult i64 %next, 60
  br i1 %c, label %outer, label %done
done:
  ret void
}

; Must stay: the loop inside has a call.
; CHECK-LABEL: define void @callsInsideInside
; CHECK-NOT: __snag_write_range
; CHECK: outerEnd:
; CHECK: __snag_{{(check_)?}}write4(
; CHECK: ret void
define void @callsInsideInside(ptr %p, i64 %n) mustprogress {
  br label %outer
outer:
  %i = phi i64 [ 0, %0 ], [ %next, %outerEnd ]
  br label %inner
inner:
  %j = phi i64 [ 0, %outer ], [ %after, %inner ]
  call void @unknown()
  %after = add nuw nsw i64 %j, 1
  %any = icmp ult i64 %after, %n
  br i1 %any, label %inner, label %outerEnd
outerEnd:
  %a = getelementptr inbounds i32, ptr %p, i64 %i
  store i32 1, ptr %a, align 4
  %next = add nuw nsw i64 %i, 1
  %c = icmp ult i64 %next, 60
  br i1 %c, label %outer, label %done
done:
  ret void
}

; One place, in front of a loop that has two exits, if that is accessed before the first of them; the other place, behind
; it, must stay.
; CHECK-LABEL: define void @twoExits
; CHECK: __snag_{{(check_)?}}write4(ptr %p
; CHECK: loop:
; CHECK-NOT: __snag_{{(check_)?}}write4(ptr %p
; CHECK: later:
; CHECK: __snag_{{(check_)?}}write4(ptr %q
; CHECK: ret void
define void @twoExits(ptr %p, ptr %q, i64 %bits) {
  br label %loop
loop:
  %i = phi i64 [ 0, %0 ], [ %next, %later ]
  store i32 1, ptr %p, align 4
  %shifted = lshr i64 %bits, %i
  %odd = trunc i64 %shifted to i1
  br i1 %odd, label %done, label %later
later:
  store i32 1, ptr %q, align 4
  %next = add nuw nsw i64 %i, 1
  %c = icmp ult i64 %next, 60
  br i1 %c, label %loop, label %done
done:
  ret void
}

; Must stay: nobody knows how often, or whether it ends.
; CHECK-LABEL: define void @untilZero
; CHECK: loop:
; CHECK: __snag_{{(check_)?}}write4(
; CHECK: ret void
define void @untilZero(ptr %p, ptr %q) {
  br label %loop
loop:
  %i = phi i64 [ 0, %0 ], [ %next, %loop ]
  %a = getelementptr inbounds i32, ptr %p, i64 %i
  store i32 1, ptr %a, align 4
  %next = add nuw nsw i64 %i, 1
  %w = load i32, ptr %q, align 4
  %c = icmp ne i32 %w, 0
  br i1 %c, label %loop, label %done
done:
  ret void
}

; Must stay: the rounds are separated by a call, or by an atomic operation.
; CHECK-LABEL: define void @callInside
; CHECK: loop:
; CHECK: __snag_{{(check_)?}}write4(
; CHECK: ret void
define void @callInside(ptr %p) {
  br label %loop
loop:
  %i = phi i64 [ 0, %0 ], [ %next, %loop ]
  %a = getelementptr inbounds i32, ptr %p, i64 %i
  store i32 1, ptr %a, align 4
  call void @unknown()
  %next = add nuw nsw i64 %i, 1
  %c = icmp ult i64 %next, 200
  br i1 %c, label %loop, label %done
done:
  ret void
}
; CHECK-LABEL: define void @releaseInside
; CHECK: loop:
; CHECK: __snag_{{(check_)?}}write4(
; CHECK: ret void
define void @releaseInside(ptr %p) {
  br label %loop
loop:
  %i = phi i64 [ 0, %0 ], [ %next, %loop ]
  %a = getelementptr inbounds i32, ptr %p, i64 %i
  store i32 1, ptr %a, align 4
  store atomic i64 %i, ptr @flag release, align 8
  %next = add nuw nsw i64 %i, 1
  %c = icmp ult i64 %next, 200
  br i1 %c, label %loop, label %done
done:
  ret void
}

declare void @unknown()

; A callee that writes in loops, each of which the language says ends: it returns, so all rounds are run. The callee of
; that callee does so, too.
; CHECK-LABEL: define void @callsReturning
; CHECK: call preserve_mostcc void @__snag_write_range(ptr %p, i64 400,
; CHECK: loop:
; CHECK-NOT: __snag_write
; CHECK: ret void
define void @callsReturning(ptr %p, ptr %q) {
  br label %loop
loop:
  %i = phi i64 [ 0, %0 ], [ %next, %loop ]
  %a = getelementptr inbounds i32, ptr %p, i64 %i
  store i32 1, ptr %a, align 4
  call void @clearsRows(ptr %q)
  %next = add nuw nsw i64 %i, 1
  %c = icmp ult i64 %next, 100
  br i1 %c, label %loop, label %done
done:
  ret void
}
define internal void @clearsRows(ptr %q) noinline nounwind {
  br label %loop
loop:
  %row = phi ptr [ %q, %0 ], [ %next, %loop ]
  %next = call ptr @clearsRow(ptr %row)
  %c = icmp ne ptr %next, null
  br i1 %c, label %loop, label %done, !llvm.loop !0
done:
  ret void
}
define internal ptr @clearsRow(ptr %q) noinline nounwind mustprogress {
  br label %loop
loop:
  %at = phi ptr [ %q, %0 ], [ %next, %loop ]
  store i32 0, ptr %at, align 4
  %next = getelementptr i8, ptr %at, i64 4
  %value = load i32, ptr %next, align 4
  %c = icmp ne i32 %value, 0
  br i1 %c, label %loop, label %done
done:
  ret ptr %next
}

; One of the callee's loops may go on for ever: nobody says that it ends.
; CHECK-LABEL: define void @callsEndless
; CHECK: loop:
; CHECK: __snag_{{(check_)?}}write4(
; CHECK: ret void
define void @callsEndless(ptr %p, ptr %q) {
  br label %loop
loop:
  %i = phi i64 [ 0, %0 ], [ %next, %loop ]
  %a = getelementptr inbounds i32, ptr %p, i64 %i
  store i32 1, ptr %a, align 4
  call void @mayWait(ptr %q)
  %next = add nuw nsw i64 %i, 1
  %c = icmp ult i64 %next, 100
  br i1 %c, label %loop, label %done
done:
  ret void
}
define internal void @mayWait(ptr %q) noinline nounwind {
  br label %loop
loop:
  %value = load i32, ptr %q, align 4
  %c = icmp ne i32 %value, 0
  br i1 %c, label %loop, label %done
done:
  ret void
}

; The callee's cycle is no loop, so that nothing can be said of it.
; CHECK-LABEL: define void @callsTangled
; CHECK: loop:
; CHECK: __snag_{{(check_)?}}write4(
; CHECK: ret void
define void @callsTangled(ptr %p, ptr %q) {
  br label %loop
loop:
  %i = phi i64 [ 0, %0 ], [ %next, %loop ]
  %a = getelementptr inbounds i32, ptr %p, i64 %i
  store i32 1, ptr %a, align 4
  call void @tangled(ptr %q)
  %next = add nuw nsw i64 %i, 1
  %c = icmp ult i64 %next, 100
  br i1 %c, label %loop, label %done
done:
  ret void
}
define internal void @tangled(ptr %q) noinline nounwind {
  %first = load i32, ptr %q, align 4
  %isZero = icmp eq i32 %first, 0
  br i1 %isZero, label %one, label %other
one:
  %v = load i32, ptr %q, align 4
  %c = icmp eq i32 %v, 1
  br i1 %c, label %other, label %done
other:
  %w = load i32, ptr %q, align 4
  %d = icmp eq i32 %w, 2
  br i1 %d, label %one, label %done
done:
  ret void
}

; The callee may throw, or call itself for ever, or call what may not return.
; CHECK-LABEL: define void @callsThrowing
; CHECK: loop:
; CHECK: __snag_{{(check_)?}}write4(
; CHECK: ret void
define void @callsThrowing(ptr %p, ptr %q) {
  br label %loop
loop:
  %i = phi i64 [ 0, %0 ], [ %next, %loop ]
  %a = getelementptr inbounds i32, ptr %p, i64 %i
  store i32 1, ptr %a, align 4
  call void @throws(ptr %q)
  %next = add nuw nsw i64 %i, 1
  %c = icmp ult i64 %next, 100
  br i1 %c, label %loop, label %done
done:
  ret void
}
define internal void @throws(ptr %q) noinline mustprogress {
  call void @mayThrow() nosync nofree
  ret void
}
declare void @mayThrow() willreturn
; CHECK-LABEL: define void @callsRecursive
; CHECK: loop:
; CHECK: __snag_{{(check_)?}}write4(
; CHECK: ret void
define void @callsRecursive(ptr %p, ptr %q) {
  br label %loop
loop:
  %i = phi i64 [ 0, %0 ], [ %next, %loop ]
  %a = getelementptr inbounds i32, ptr %p, i64 %i
  store i32 1, ptr %a, align 4
  call void @recursive(ptr %q)
  %next = add nuw nsw i64 %i, 1
  %c = icmp ult i64 %next, 100
  br i1 %c, label %loop, label %done
done:
  ret void
}
define internal void @recursive(ptr %q) noinline nounwind {
  call void @recursive(ptr %q)
  ret void
}
; CHECK-LABEL: define void @callsLeaving
; CHECK: loop:
; CHECK: __snag_{{(check_)?}}write4(
; CHECK: ret void
define void @callsLeaving(ptr %p, ptr %q) {
  br label %loop
loop:
  %i = phi i64 [ 0, %0 ], [ %next, %loop ]
  %a = getelementptr inbounds i32, ptr %p, i64 %i
  store i32 1, ptr %a, align 4
  call void @leaves(ptr %q)
  %next = add nuw nsw i64 %i, 1
  %c = icmp ult i64 %next, 100
  br i1 %c, label %loop, label %done
done:
  ret void
}
define internal void @leaves(ptr %q) noinline nounwind mustprogress {
  call void @mayExit() nosync nofree
  ret void
}
declare void @mayExit() nounwind

!0 = distinct !{!0, !1}
!1 = !{!"llvm.loop.mustprogress"}
