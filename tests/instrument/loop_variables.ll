; A variable that a loop reads and writes under a condition is neither read before the loop nor written after it:
; another thread may rightly have it meanwhile. Whoever asks LLVM for the motion gets it; so does a module in which
; nothing is checked.
; RUN: %opt -load-pass-plugin=%plugin -passes='default<O2>' -S %s | %FileCheck %s --check-prefix=CHECKED
; RUN: %opt -load-pass-plugin=%plugin -passes='default<O2>' -disable-licm-promotion=false -S %s | %FileCheck %s --check-prefix=MOVED
; RUN: sed s/nounwind/disable_sanitizer_instrumentation/ %s | %opt -load-pass-plugin=%plugin -passes='default<O2>' -S - | %FileCheck %s --check-prefix=MOVED
target triple = "x86_64-unknown-linux-gnu"

@shared = global i32 0

; CHECKED: entry:
; CHECKED-NOT: load i32, ptr @shared
; CHECKED: loop:
; CHECKED: load i32, ptr @shared
; MOVED: entry:
; MOVED: load i32, ptr @shared
; MOVED: loop:
define void @count(i64 %rounds, ptr noalias readonly %wanted) nounwind {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %merge ]
  %place = getelementptr i8, ptr %wanted, i64 %i
  %flag = load volatile i8, ptr %place
  %is = icmp eq i8 %flag, 0
  br i1 %is, label %merge, label %add
add:
  %value = load i32, ptr @shared
  %more = add i32 %value, 1
  store i32 %more, ptr @shared
  br label %merge
merge:
  %next = add i64 %i, 1
  %done = icmp eq i64 %next, %rounds
  br i1 %done, label %exit, label %loop
exit:
  ret void
}
