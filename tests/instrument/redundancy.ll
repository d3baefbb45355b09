; A check that another check of the same stretch makes anyway is dropped; what may synchronise or leave in between keeps it.
; RUN: %opt -load-pass-plugin=%plugin -passes=snag,verify -snag-call-outs=0 -S %s | %FileCheck %s
; RUN: %opt -load-pass-plugin=%plugin -passes=snag -snag-call-outs=0 -snag-redundancy=0 -S %s | %FileCheck %s --check-prefix=OFF
; RUN: %opt -load-pass-plugin=%plugin -passes=snag -snag-call-outs=0 -snag-redundancy-earlier=0 -S %s | %FileCheck %s --check-prefix=LATER
; RUN: %opt -load-pass-plugin=%plugin -passes=snag -snag-call-outs=0 -snag-call-summaries=0 -S %s | %FileCheck %s --check-prefix=NOSUMMARY

target datalayout = "e-m:e-i64:64-n8:16:32:64-S128"
target triple = "x86_64-pc-linux-gnu"

@flag = global i32 0

; Of updateAcrossBlocks.
; CHECK: @snag.site{{.*}} i8 3, i8 4 }

; --- the later goes ---

; CHECK-LABEL: define i32 @readTwice
; CHECK: __snag_{{(check_)?}}read4(ptr %p
; CHECK-NOT: __snag_{{(check_)?}}read4
; CHECK: ret i32
; OFF-LABEL: define i32 @readTwice
; OFF: __snag_{{(check_)?}}read4(ptr %p
; OFF: __snag_{{(check_)?}}read4(ptr %p
; OFF: ret i32
define i32 @readTwice(ptr %p, ptr %q) {
  %v = load i32, ptr %p, align 4
  store i32 0, ptr %q, align 4
  %w = load i32, ptr %p, align 4
  %s = add i32 %v, %w
  ret i32 %s
}

; A write covers what is inside it.
; CHECK-LABEL: define i32 @insideAWrite
; CHECK: __snag_{{(check_)?}}write8(ptr %p
; CHECK-NOT: __snag_{{read|write}}4
; CHECK: ret i32
define i32 @insideAWrite(ptr %p, ptr %q) {
  store i64 7, ptr %p, align 8
  store i8 1, ptr %q
  %upper = getelementptr i8, ptr %p, i64 4
  %v = load i32, ptr %upper, align 4
  ret i32 %v
}

; Must stay: it reaches beyond. Condition "all bytes".
; CHECK-LABEL: define i64 @beyond
; CHECK: __snag_{{(check_)?}}write4(ptr %p
; CHECK: __snag_{{(check_)?}}read8(ptr %p
; CHECK: ret i64
define i64 @beyond(ptr align 8 %p) {
  store i32 7, ptr %p, align 8
  %v = load i64, ptr %p, align 8
  ret i64 %v
}

; Must stay: a read does not find what a later write races with; nor does the write surely follow.
; CHECK-LABEL: define void @writeAfterRead
; CHECK: __snag_{{(check_)?}}read4(ptr %p
; CHECK: __snag_{{(check_)?}}write4(ptr %p
; CHECK: ret void
define void @writeAfterRead(ptr %p) {
  %v = load i32, ptr %p, align 4
  %c = icmp eq i32 %v, 0
  br i1 %c, label %set, label %done
set:
  store i32 5, ptr %p, align 4
  br label %done
done:
  ret void
}

; On both paths: covered. On one only: must stay.
; CHECK-LABEL: define i32 @bothPaths
; CHECK: __snag_{{(check_)?}}read4(ptr %p
; CHECK: __snag_{{(check_)?}}read4(ptr %p
; CHECK-NOT: __snag_{{(check_)?}}read4(ptr %p
; CHECK: ret i32
define i32 @bothPaths(ptr %p, i1 %c) {
  br i1 %c, label %left, label %right
left:
  %a = load i32, ptr %p, align 4
  br label %join
right:
  %b = load i32, ptr %p, align 4
  br label %join
join:
  %d = load i32, ptr %p, align 4
  ret i32 %d
}

; CHECK-LABEL: define i32 @onePath
; CHECK: left:
; CHECK: __snag_{{(check_)?}}read4(ptr %p
; CHECK: right:
; CHECK: __snag_{{(check_)?}}read4(ptr %p
; CHECK: ret i32
define i32 @onePath(ptr %p, i1 %c) {
  br i1 %c, label %left, label %right
left:
  %a = load i32, ptr %p, align 4
  call void @unknown()
  br label %right
right:
  %d = load i32, ptr %p, align 4
  ret i32 %d
}

; In a loop, after the same access in front of it.
; CHECK-LABEL: define void @loopAfter
; CHECK: __snag_{{(check_)?}}write4(ptr %p
; CHECK: loop:
; CHECK-NOT: __snag_{{read|write}}4(ptr %p
; CHECK: ret void
define void @loopAfter(ptr %p, ptr %q, i64 %n) {
  store i32 0, ptr %p, align 4
  br label %loop
loop:
  %i = phi i64 [ 0, %0 ], [ %next, %loop ]
  %v = load i32, ptr %p, align 4
  %a = getelementptr i32, ptr %q, i64 %i
  store i32 %v, ptr %a, align 4
  %next = add i64 %i, 1
  %c = icmp ult i64 %next, %n
  br i1 %c, label %loop, label %done
done:
  ret void
}

; Must stay: the call at the loop's end comes between two rounds.
; CHECK-LABEL: define void @loopWithCall
; CHECK: __snag_{{(check_)?}}write4(ptr %p
; CHECK: loop:
; CHECK: __snag_{{(check_)?}}read4(ptr %p
; CHECK: ret void
define void @loopWithCall(ptr %p, i64 %n) {
  store i32 0, ptr %p, align 4
  br label %loop
loop:
  %i = phi i64 [ 0, %0 ], [ %next, %loop ]
  %v = load i32, ptr %p, align 4
  call void @unknown()
  %next = add i64 %i, 1
  %c = icmp ult i64 %next, %n
  br i1 %c, label %loop, label %done
done:
  ret void
}

; Must stay, each: what lies between may release.
; CHECK-LABEL: define i32 @unknownBetween
; CHECK: __snag_{{(check_)?}}read4(ptr %p
; CHECK: __snag_{{(check_)?}}read4(ptr %p
; CHECK: ret i32
define i32 @unknownBetween(ptr %p) {
  %v = load i32, ptr %p, align 4
  call void @unknown()
  %w = load i32, ptr %p, align 4
  %s = add i32 %v, %w
  ret i32 %s
}
; CHECK-LABEL: define void @releaseBetween
; CHECK: __snag_{{(check_)?}}write4(ptr %p
; CHECK: store atomic
; CHECK: __snag_{{(check_)?}}write4(ptr %p
; CHECK: ret void
define void @releaseBetween(ptr %p) {
  store i32 1, ptr %p, align 4
  store atomic i32 1, ptr @flag release, align 4
  store i32 2, ptr %p, align 4
  ret void
}
; CHECK-LABEL: define void @fenceBetween
; CHECK: __snag_{{(check_)?}}write4(ptr %p
; CHECK: __snag_{{(check_)?}}write4(ptr %p
; CHECK: ret void
define void @fenceBetween(ptr %p) {
  store i32 1, ptr %p, align 4
  fence release
  store i32 2, ptr %p, align 4
  ret void
}
; CHECK-LABEL: define void @assemblyBetween
; CHECK: __snag_{{(check_)?}}write4(ptr %p
; CHECK: __snag_{{(check_)?}}write4(ptr %p
; CHECK: ret void
define void @assemblyBetween(ptr %p) {
  store i32 1, ptr %p, align 4
  call void asm sideeffect "", "~{memory}"()
  store i32 2, ptr %p, align 4
  ret void
}
; The block may be another afterwards.
; CHECK-LABEL: define void @freeBetween
; CHECK: __snag_{{(check_)?}}write4(ptr %p
; CHECK: __snag_{{(check_)?}}write4(ptr %p
; CHECK: ret void
define void @freeBetween(ptr %p) {
  store i32 1, ptr %p, align 4
  call void @free(ptr %p)
  store i32 2, ptr %p, align 4
  ret void
}
; A different dynamic value of the same name: must stay.
; CHECK-LABEL: define void @otherRound
; CHECK: loop:
; CHECK: __snag_{{(check_)?}}write4(ptr %q
; CHECK: ret void
define void @otherRound(ptr %p, i64 %n) {
  br label %loop
loop:
  %q = phi ptr [ %p, %0 ], [ %r, %loop ]
  %r = load ptr, ptr %q, align 8
  store i32 1, ptr %q, align 4
  %c = icmp eq ptr %r, null
  br i1 %c, label %done, label %loop
done:
  ret void
}

; --- calls ---

; CHECK-LABEL: define i32 @quietBetween
; CHECK: __snag_{{(check_)?}}read4(ptr %p
; CHECK-NOT: __snag_{{(check_)?}}read4(ptr %p
; CHECK: ret i32
; NOSUMMARY-LABEL: define i32 @quietBetween
; NOSUMMARY: __snag_{{(check_)?}}read4(ptr %p
; NOSUMMARY: __snag_{{(check_)?}}read4(ptr %p
; NOSUMMARY: ret i32
define i32 @quietBetween(ptr %p) {
  %v = load i32, ptr %p, align 4
  call void @quietOuter(i64 1)
  %w = load i32, ptr %p, align 4
  %s = add i32 %v, %w
  ret i32 %s
}
; CHECK-LABEL: define i32 @loudBetween
; CHECK: __snag_{{(check_)?}}read4(ptr %p
; CHECK: __snag_{{(check_)?}}read4(ptr %p
; CHECK: ret i32
define i32 @loudBetween(ptr %p) {
  %v = load i32, ptr %p, align 4
  call void @loudOuter()
  %w = load i32, ptr %p, align 4
  %s = add i32 %v, %w
  ret i32 %s
}
; Another definition may be linked: must stay.
; CHECK-LABEL: define i32 @replaceableBetween
; CHECK: __snag_{{(check_)?}}read4(ptr %p
; CHECK: __snag_{{(check_)?}}read4(ptr %p
; CHECK: ret i32
define i32 @replaceableBetween(ptr %p) {
  %v = load i32, ptr %p, align 4
  call void @replaceable()
  %w = load i32, ptr %p, align 4
  %s = add i32 %v, %w
  ret i32 %s
}
; An inline function of C++: whatever copy is linked means the same.
; CHECK-LABEL: define i32 @inlineBetween
; CHECK: __snag_{{(check_)?}}read4(ptr %p
; CHECK-NOT: __snag_{{(check_)?}}read4(ptr %p
; CHECK: ret i32
; NOSUMMARY-LABEL: define i32 @inlineBetween
; NOSUMMARY: __snag_{{(check_)?}}read4(ptr %p
; NOSUMMARY: __snag_{{(check_)?}}read4(ptr %p
; NOSUMMARY: ret i32
define i32 @inlineBetween(ptr %p) {
  %v = load i32, ptr %p, align 4
  call void @quietInline()
  %w = load i32, ptr %p, align 4
  %s = add i32 %v, %w
  ret i32 %s
}
; One that synchronises, through another: must stay.
; CHECK-LABEL: define i32 @loudInlineBetween
; CHECK: __snag_{{(check_)?}}read4(ptr %p
; CHECK: __snag_{{(check_)?}}read4(ptr %p
; CHECK: ret i32
define i32 @loudInlineBetween(ptr %p) {
  %v = load i32, ptr %p, align 4
  call void @loudInline()
  %w = load i32, ptr %p, align 4
  %s = add i32 %v, %w
  ret i32 %s
}
; CHECK-LABEL: define i32 @strlenBetween
; CHECK: __snag_{{(check_)?}}read4(ptr %p
; CHECK-NOT: __snag_{{(check_)?}}read4(ptr %p
; CHECK: ret i32
define i32 @strlenBetween(ptr %p, ptr %text) {
  %v = load i32, ptr %p, align 4
  %l = call i64 @strlen(ptr %text)
  %w = load i32, ptr %p, align 4
  %s = add i32 %v, %w
  ret i32 %s
}

@depth = internal global i64 0
define internal void @quietOuter(i64 %n) noinline {
  %c = icmp eq i64 %n, 0
  br i1 %c, label %done, label %more
more:
  %m = sub i64 %n, 1
  call void @quietInner(i64 %m)
  br label %done
done:
  ret void
}
define internal void @quietInner(i64 %n) noinline {
  store i64 %n, ptr @depth
  call void @quietOuter(i64 %n)
  ret void
}
define internal void @loudOuter() noinline {
  call void @loudInner()
  ret void
}
define internal void @loudInner() noinline {
  store atomic i32 1, ptr @flag release, align 4
  ret void
}
define weak void @replaceable() noinline {
  ret void
}
define linkonce_odr void @quietInline() noinline {
  store i64 1, ptr @depth
  ret void
}
define linkonce_odr void @loudInline() noinline {
  call void @loudOuter()
  ret void
}

; --- the earlier goes ---

; CHECK-LABEL: define i32 @readThenWrite
; CHECK-NOT: __snag_{{(check_)?}}read4
; CHECK: __snag_{{(check_)?}}write4(ptr %p
; CHECK: ret i32
; LATER-LABEL: define i32 @readThenWrite
; LATER: __snag_{{(check_)?}}read4(ptr %p
; LATER: __snag_{{(check_)?}}write4(ptr %p
; LATER: ret i32
define i32 @readThenWrite(ptr %p) {
  %v = load i32, ptr %p, align 4
  store i32 5, ptr %p, align 4
  ret i32 %v
}
; In another block, on every path.
; CHECK-LABEL: define i32 @everyPathWrites
; CHECK-NOT: __snag_{{(check_)?}}read4
; CHECK: __snag_{{(check_)?}}write4(ptr %p
; CHECK: __snag_{{(check_)?}}write4(ptr %p
; CHECK: ret i32
define i32 @everyPathWrites(ptr %p, i1 %c) {
  %v = load i32, ptr %p, align 4
  br i1 %c, label %left, label %right
left:
  store i32 1, ptr %p, align 4
  ret i32 %v
right:
  store i32 2, ptr %p, align 4
  ret i32 %v
}
; A load whose store is in another block, but surely follows: one check of kind READ | WRITE.
; CHECK-LABEL: define void @updateAcrossBlocks
; CHECK-NOT: __snag_{{(check_)?}}read4
; CHECK: __snag_{{(check_)?}}write4(ptr %p
; CHECK: ret void
define void @updateAcrossBlocks(ptr %p, i1 %c) {
  %v = load i32, ptr %p, align 4
  br i1 %c, label %left, label %join
left:
  br label %join
join:
  %step = phi i32 [ 1, %0 ], [ 2, %left ]
  %n = add i32 %v, %step
  store i32 %n, ptr %p, align 4
  ret void
}
; Must stay: the call may not return.
; CHECK-LABEL: define void @mayLeave
; CHECK: __snag_{{(check_)?}}read4(ptr %p
; CHECK: __snag_{{(check_)?}}write4(ptr %p
; CHECK: ret void
define void @mayLeave(ptr %p) {
  %v = load i32, ptr %p, align 4
  call void @quietOuter(i64 1)
  store i32 5, ptr %p, align 4
  ret void
}
; Must stay: the loop may not end.
; CHECK-LABEL: define i32 @mayLoop
; CHECK: __snag_{{(check_)?}}read4(ptr %p
; CHECK: __snag_{{(check_)?}}write4(ptr %p
; CHECK: ret i32
define i32 @mayLoop(ptr %p, ptr %q) {
  %v = load i32, ptr %p, align 4
  br label %loop
loop:
  %w = load i32, ptr %q, align 4
  %c = icmp eq i32 %w, 0
  br i1 %c, label %loop, label %done
done:
  store i32 5, ptr %p, align 4
  ret i32 %v
}
; Must stay: it acquires.
; CHECK-LABEL: define i32 @acquireBetween
; CHECK: __snag_{{(check_)?}}read4(ptr %p
; CHECK: call preserve_mostcc i64 @__snag_atomic_load4(ptr @flag, i32 2,
; CHECK: __snag_{{(check_)?}}write4(ptr %p
; CHECK: ret i32
define i32 @acquireBetween(ptr %p) {
  %v = load i32, ptr %p, align 4
  %a = load atomic i32, ptr @flag acquire, align 4
  store i32 5, ptr %p, align 4
  ret i32 %v
}
; The other way round the write covers the read.
; CHECK-LABEL: define i32 @writeThenRead
; CHECK: __snag_{{(check_)?}}write4(ptr %p
; CHECK-NOT: __snag_{{(check_)?}}read4
; CHECK: ret i32
define i32 @writeThenRead(ptr %p) {
  store i32 5, ptr %p, align 4
  %v = load i32, ptr %p, align 4
  ret i32 %v
}

declare void @unknown()
declare void @free(ptr)
declare i64 @strlen(ptr)
