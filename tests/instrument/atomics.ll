; Atomic operations are bracketed by two hooks with nothing between; fences are announced. The second hook is told size,
; operation and order in one number: size << 16 | operation << 8 | order.
; RUN: %opt -load-pass-plugin=%plugin -passes=snag,verify -snag-call-outs=0 -S %s | %FileCheck %s

target datalayout = "e-m:e-i64:64-n8:16:32:64-S128"
target triple = "x86_64-pc-linux-gnu"

; CHECK-LABEL: define i32 @acquireLoad
; CHECK: call preserve_mostcc void @__snag_atomic_enter(ptr %p, i64 4, ptr @snag.site
; CHECK-NEXT: load atomic i32, ptr %p acquire
; CHECK-NEXT: call preserve_mostcc void @__snag_atomic_leave(ptr %p, i64 262146)
define i32 @acquireLoad(ptr %p) {
  %v = load atomic i32, ptr %p acquire, align 4
  ret i32 %v
}

; CHECK-LABEL: define void @releaseStore
; CHECK: call preserve_mostcc void @__snag_atomic_enter(ptr %p, i64 8,
; CHECK-NEXT: store atomic i64 1, ptr %p release
; CHECK-NEXT: call preserve_mostcc void @__snag_atomic_leave(ptr %p, i64 524547)
define void @releaseStore(ptr %p) {
  store atomic i64 1, ptr %p release, align 8
  ret void
}

; CHECK-LABEL: define i32 @relaxedAdd
; CHECK: call preserve_mostcc void @__snag_atomic_enter(ptr %p, i64 4,
; CHECK-NEXT: atomicrmw add
; CHECK-NEXT: call preserve_mostcc void @__snag_atomic_leave(ptr %p, i64 262656)
define i32 @relaxedAdd(ptr %p) {
  %v = atomicrmw add ptr %p, i32 1 monotonic
  ret i32 %v
}

; A failed exchange is a load with the failure order.
; CHECK-LABEL: define i1 @exchange16
; CHECK: call preserve_mostcc void @__snag_atomic_enter(ptr %p, i64 16,
; CHECK-NEXT: [[PAIR:%.*]] = cmpxchg ptr %p
; CHECK-NEXT: [[OK:%.*]] = extractvalue { i128, i1 } [[PAIR]], 1
; CHECK-NEXT: [[WHAT:%.*]] = select i1 [[OK]], i64 1049092, i64 1048578
; CHECK-NEXT: call preserve_mostcc void @__snag_atomic_leave(ptr %p, i64 [[WHAT]])
define i1 @exchange16(ptr %p, i128 %a, i128 %b) {
  %r = cmpxchg ptr %p, i128 %a, i128 %b acq_rel acquire, align 16
  %ok = extractvalue {i128, i1} %r, 1
  ret i1 %ok
}

; CHECK-LABEL: define void @fences
; CHECK: call void @__snag_fence(i32 5)
; CHECK-NEXT: fence seq_cst
; CHECK-NOT: __snag_fence
; CHECK: ret void
define void @fences() {
  fence seq_cst
  fence syncscope("singlethread") seq_cst
  ret void
}

; CHECK-LABEL: define void @libraryCalls
; CHECK: call preserve_mostcc void @__snag_atomic_enter(ptr %p, i64 24,
; CHECK-NEXT: call void @__atomic_load(i64 24, ptr %p, ptr %out, i32 %order)
; CHECK: [[WIDE:%.*]] = zext i32 %order to i64
; CHECK: [[LOW:%.*]] = and i64 [[WIDE]], 255
; CHECK: [[WHAT:%.*]] = or i64 1572864, [[LOW]]
; CHECK: call preserve_mostcc void @__snag_atomic_leave(ptr %p, i64 [[WHAT]])
; CHECK: call preserve_mostcc void @__snag_atomic_enter(ptr %p, i64 16,
; CHECK-NEXT: call i128 @__atomic_fetch_add_16(
; CHECK-NEXT: call preserve_mostcc void @__snag_atomic_leave(ptr %p, i64 1049093)
; CHECK: call preserve_mostcc void @__snag_atomic_enter(ptr %p, i64 24,
; CHECK-NEXT: [[DONE:%.*]] = call zeroext i1 @__atomic_compare_exchange(
; CHECK: select i1 {{.*}}, i64 {{.*}}, i64 {{.*}}
; CHECK: call preserve_mostcc void @__snag_atomic_leave(ptr %p, i64
define void @libraryCalls(ptr %p, ptr %out, i32 %order) {
  call void @__atomic_load(i64 24, ptr %p, ptr %out, i32 %order)
  %old = call i128 @__atomic_fetch_add_16(ptr %p, i128 1, i32 5)
  %done = call zeroext i1 @__atomic_compare_exchange(i64 24, ptr %p, ptr %out, ptr %out, i32 5, i32 0)
  ret void
}

declare void @__atomic_load(i64, ptr, ptr, i32)
declare i128 @__atomic_fetch_add_16(ptr, i128, i32)
declare zeroext i1 @__atomic_compare_exchange(i64, ptr, ptr, ptr, i32, i32)
