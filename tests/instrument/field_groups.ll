; Fields of one object that are accessed together are tested together; in the cold block each has its own hook and site.
; RUN: %opt -load-pass-plugin=%plugin -passes=snag,verify -snag-call-outs=0 -S %s | %FileCheck %s
; RUN: %opt -load-pass-plugin=%plugin -passes=snag -snag-call-outs=0 -snag-field-groups=0 -S %s | %FileCheck %s --check-prefix=OFF

target datalayout = "e-m:e-i64:64-n8:16:32:64-S128"
target triple = "x86_64-pc-linux-gnu"

@flag = global i32 0

; Two halves of a word: one test of both halves' bytes at once, then of mixed histories; a member's hook tests the rest.
; CHECK-LABEL: define i32 @oneWord
; CHECK: xor i64 {{.*}}, 87960930222080
; CHECK-NOT: xor i64
; CHECK: call preserve_mostcc void @__snag_{{(check_)?}}read4({{.*}}, ptr @[[FIRST:snag.site[.0-9]*]],
; CHECK: call preserve_mostcc void @__snag_{{(check_)?}}read4({{.*}}, ptr @[[SECOND:snag.site[.0-9]*]],
; CHECK-NOT: xor i64
; CHECK: ret i32
; OFF-LABEL: define i32 @oneWord
; OFF: xor i64 {{.*}}, 87960930222080
; OFF: __snag_{{(check_)?}}read4
; OFF: xor i64 {{.*}}, 87960930222080
; OFF: __snag_{{(check_)?}}read4
; OFF: ret i32
define i32 @oneWord(ptr align 8 %p) {
  %q = getelementptr i8, ptr %p, i64 4
  %a = load i32, ptr %p, align 8
  %b = load i32, ptr %q, align 4
  %s = add i32 %a, %b
  ret i32 %s
}

; Data that several threads read: the readers' halves are compared with the thread's set of readers, before any hook is
; called. Of whole words nothing else is tested together: that other histories are mixed is rare there.
; CHECK-LABEL: define i64 @wholeWords
; CHECK: xor i64 {{.*}}, 87960930222080
; CHECK: br i1
; CHECK: load i32, ptr getelementptr {{.*}}@__snag_thread, i32 0, i32 1)
; CHECK-NOT: 16777215
; CHECK: br i1
; CHECK: __snag_{{(check_)?}}read8(
; CHECK: __snag_{{(check_)?}}read8(
; CHECK: ret i64
define i64 @wholeWords(ptr align 8 %p) {
  %q = getelementptr i8, ptr %p, i64 8
  %a = load i64, ptr %p, align 8
  %b = load i64, ptr %q, align 8
  %s = add i64 %a, %b
  ret i64 %s
}
; CHECK-LABEL: define i32 @partsOfWords
; CHECK: xor i64 {{.*}}, 87960930222080
; CHECK: br i1
; CHECK: load i32, ptr getelementptr {{.*}}@__snag_thread, i32 0, i32 1)
; CHECK: and i32 {{.*}}, 268435455
; CHECK: br i1
; CHECK: and i32 {{.*}}, 16777215
; CHECK: br i1
; CHECK: __snag_{{(check_)?}}read8(
; CHECK: __snag_{{(check_)?}}read4(
; CHECK: ret i32
define i32 @partsOfWords(ptr align 8 %p) {
  %q = getelementptr i8, ptr %p, i64 8
  %a = load i64, ptr %p, align 8
  %b = load i32, ptr %q, align 8
  %t = trunc i64 %a to i32
  %s = add i32 %t, %b
  ret i32 %s
}

; Three words, told by the alignment of one member. The whole words' bytes are compared: -1.
; CHECK-LABEL: define void @threeWords
; CHECK: xor i64 {{.*}}, 87960930222080
; CHECK: load i32, ptr @__snag_thread
; CHECK: load i32
; CHECK: and i32 {{.*}}, -1
; CHECK: load i32
; CHECK: and i32 {{.*}}, -1
; CHECK: load i32
; CHECK: and i32 {{.*}}, 268435455
; CHECK: br i1
; CHECK: __snag_{{(check_)?}}write8(
; CHECK: __snag_{{(check_)?}}write8(
; CHECK: __snag_{{(check_)?}}write4(
; CHECK: store double
define void @threeWords(ptr %p) {
  %q = getelementptr i8, ptr %p, i64 8
  %r = getelementptr i8, ptr %p, i64 16
  store double 1.0, ptr %p, align 8
  store double 2.0, ptr %q, align 8
  store i32 3, ptr %r, align 4
  ret void
}

; Apart: a read and a write.
; CHECK-LABEL: define i32 @readAndWrite
; CHECK: xor i64 {{.*}}, 87960930222080
; CHECK: __snag_{{(check_)?}}read4
; CHECK: xor i64 {{.*}}, 87960930222080
; CHECK: __snag_{{(check_)?}}write4
; CHECK: ret i32
define i32 @readAndWrite(ptr align 8 %p) {
  %q = getelementptr i8, ptr %p, i64 4
  %a = load i32, ptr %p, align 8
  store i32 1, ptr %q, align 4
  ret i32 %a
}

; Apart: nobody knows whether they share a word.
; CHECK-LABEL: define i32 @unknownPlace
; CHECK: __snag_{{(check_)?}}read4(ptr %p
; CHECK: xor i64 {{.*}}, 87960930222080
; CHECK: __snag_{{(check_)?}}read4(ptr %q
; CHECK: ret i32
define i32 @unknownPlace(ptr %p) {
  %q = getelementptr i8, ptr %p, i64 4
  %a = load i32, ptr %p, align 4
  %b = load i32, ptr %q, align 4
  %s = add i32 %a, %b
  ret i32 %s
}

; Apart: what lies between may synchronise, or leave.
; CHECK-LABEL: define void @releaseBetween
; CHECK: __snag_{{(check_)?}}write8(ptr %p
; CHECK: store atomic
; CHECK: __snag_{{(check_)?}}write8(ptr %q
; CHECK: ret void
define void @releaseBetween(ptr %p) {
  %q = getelementptr i8, ptr %p, i64 8
  store i64 1, ptr %p, align 8
  store atomic i32 1, ptr @flag release, align 4
  store i64 2, ptr %q, align 8
  ret void
}
; CHECK-LABEL: define void @callBetween
; CHECK: __snag_{{(check_)?}}write8(ptr %p
; CHECK: call void @unknown
; CHECK: __snag_{{(check_)?}}write8(ptr %q
; CHECK: ret void
define void @callBetween(ptr %p) {
  %q = getelementptr i8, ptr %p, i64 8
  store i64 1, ptr %p, align 8
  call void @unknown()
  store i64 2, ptr %q, align 8
  ret void
}
; CHECK-LABEL: define void @mayNotReturn
; CHECK: __snag_{{(check_)?}}write8(ptr %p
; CHECK: call void @quiet
; CHECK: __snag_{{(check_)?}}write8(ptr %q
; CHECK: ret void
define void @mayNotReturn(ptr %p) {
  %q = getelementptr i8, ptr %p, i64 8
  store i64 1, ptr %p, align 8
  call void @quiet()
  store i64 2, ptr %q, align 8
  ret void
}
; Apart: the second is in a block that may not follow.
; CHECK-LABEL: define void @conditional
; CHECK: __snag_{{(check_)?}}write8(ptr %p
; CHECK: then:
; CHECK: __snag_{{(check_)?}}write8(ptr %q
; CHECK: ret void
define void @conditional(ptr %p, i1 %c) {
  %q = getelementptr i8, ptr %p, i64 8
  store i64 1, ptr %p, align 8
  br i1 %c, label %then, label %done
then:
  store i64 2, ptr %q, align 8
  br label %done
done:
  ret void
}

declare void @unknown()
declare void @quiet() nosync nofree nounwind
