; A read that stands behind a condition stays there, and the mark that keeps it there does not stay in the output.
; RUN: %opt -load-pass-plugin=%plugin -passes='default<O2>' -S %s | %FileCheck %s
target triple = "x86_64-unknown-linux-gnu"

@shared = global i32 0

; CHECK-LABEL: define {{.*}}@guarded(
; CHECK: br i1 %allowed
; CHECK: load i32, ptr @shared
; CHECK-NOT: snag-guarded
; CHECK-NOT: sanitize_thread
define i32 @guarded(i1 %allowed) {
entry:
  br i1 %allowed, label %read, label %done
read:
  %value = load i32, ptr @shared
  br label %done
done:
  %result = phi i32 [ %value, %read ], [ 0, %entry ]
  ret i32 %result
}

; A function that is not checked may be optimized as ever.
; CHECK-LABEL: define {{.*}}@unchecked(
; CHECK-NOT: br
; CHECK: select i1 %allowed
define i32 @unchecked(i1 %allowed) disable_sanitizer_instrumentation {
entry:
  br i1 %allowed, label %read, label %done
read:
  %value = load i32, ptr @shared
  br label %done
done:
  %result = phi i32 [ %value, %read ], [ 0, %entry ]
  ret i32 %result
}
