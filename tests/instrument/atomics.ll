; Loads of usual types are done by a hook. Other atomic operations are bracketed by two hooks with nothing between;
; fences are announced. The two hooks are told size, operation and order in one number: size << 16 | operation << 8 |
; order; the first one what is to come, the second what it was.
; RUN: %opt -load-pass-plugin=%plugin -passes=snag,verify -snag-call-outs=0 -S %s | %FileCheck %s

target datalayout = "e-m:e-i64:64-n8:16:32:64-S128"
target triple = "x86_64-pc-linux-gnu"

; CHECK-LABEL: define i32 @acquireLoad
; CHECK: [[BITS:%.*]] = notail call preserve_mostcc i64 @__snag_atomic_load4(ptr %p, i32 2, ptr @snag.site
; CHECK-NEXT: %v = trunc i64 [[BITS]] to i32
; CHECK-NOT: load atomic
; CHECK: ret i32 %v
define i32 @acquireLoad(ptr %p) {
  %v = load atomic i32, ptr %p acquire, align 4
  ret i32 %v
}

; CHECK-LABEL: define ptr @loadOfPointer
; CHECK: [[BITS:%.*]] = notail call preserve_mostcc i64 @__snag_atomic_load8(ptr %p, i32 5,
; CHECK-NEXT: [[VALUE:%.*]] = inttoptr i64 [[BITS]] to ptr
; CHECK-NEXT: ret ptr [[VALUE]]
define ptr @loadOfPointer(ptr %p) {
  %v = load atomic ptr, ptr %p seq_cst, align 8
  ret ptr %v
}

; CHECK-LABEL: define double @loadOfDouble
; CHECK: [[BITS:%.*]] = notail call preserve_mostcc i64 @__snag_atomic_load8(ptr %p, i32 0,
; CHECK-NEXT: [[VALUE:%.*]] = bitcast i64 [[BITS]] to double
; CHECK-NEXT: ret double [[VALUE]]
define double @loadOfDouble(ptr %p) {
  %v = load atomic double, ptr %p monotonic, align 8
  ret double %v
}

; CHECK-LABEL: define float @loadOfFloat
; CHECK: [[BITS:%.*]] = notail call preserve_mostcc i64 @__snag_atomic_load4(ptr %p, i32 0,
; CHECK-NEXT: [[HALF:%.*]] = trunc i64 [[BITS]] to i32
; CHECK-NEXT: [[VALUE:%.*]] = bitcast i32 [[HALF]] to float
; CHECK-NEXT: ret float [[VALUE]]
define float @loadOfFloat(ptr %p) {
  %v = load atomic float, ptr %p unordered, align 4
  ret float %v
}

; A pointer that was loaded names what is loaded through it, though the load is gone.
; CHECK-LABEL: define i8 @loadThroughLoad
; CHECK: call preserve_mostcc i64 @__snag_atomic_load8(
; CHECK: [[NODE:%.*]] = inttoptr i64 {{.*}} to ptr
; CHECK: call preserve_mostcc i64 @__snag_atomic_load1(ptr [[NODE]], i32 2,
; CHECK-NOT: load atomic
; CHECK: ret i8
define i8 @loadThroughLoad(ptr %p) {
  %node = load atomic ptr, ptr %p acquire, align 8
  %v = load atomic i8, ptr %node acquire, align 1
  ret i8 %v
}

; Volatile ones are left alone, and those that fit into no register.
; CHECK-LABEL: define i64 @volatileAndWideLoads
; CHECK: call preserve_mostcc void @__snag_atomic_enter(ptr %p, i64 524290,
; CHECK-NEXT: load atomic volatile i64, ptr %p acquire
; CHECK-NEXT: call preserve_mostcc void @__snag_atomic_leave(ptr %p, i64 524290)
; CHECK: call preserve_mostcc void @__snag_atomic_enter(ptr %q, i64 1048578,
; CHECK-NEXT: load atomic i128, ptr %q acquire
; CHECK-NEXT: call preserve_mostcc void @__snag_atomic_leave(ptr %q, i64 1048578)
define i64 @volatileAndWideLoads(ptr %p, ptr %q) {
  %v = load atomic volatile i64, ptr %p acquire, align 8
  %w = load atomic i128, ptr %q acquire, align 16
  %t = trunc i128 %w to i64
  %s = add i64 %v, %t
  ret i64 %s
}

; CHECK-LABEL: define void @releaseStore
; CHECK: call preserve_mostcc void @__snag_atomic_enter(ptr %p, i64 524547,
; CHECK-NEXT: store atomic i64 1, ptr %p release
; CHECK-NEXT: call preserve_mostcc void @__snag_atomic_leave(ptr %p, i64 524547)
define void @releaseStore(ptr %p) {
  store atomic i64 1, ptr %p release, align 8
  ret void
}

; CHECK-LABEL: define i32 @relaxedAdd
; CHECK: call preserve_mostcc void @__snag_atomic_enter(ptr %p, i64 262656,
; CHECK-NEXT: atomicrmw add
; CHECK-NEXT: call preserve_mostcc void @__snag_atomic_leave(ptr %p, i64 262656)
define i32 @relaxedAdd(ptr %p) {
  %v = atomicrmw add ptr %p, i32 1 monotonic
  ret i32 %v
}

; A failed exchange is a load with the failure order; what comes first counts on success.
; CHECK-LABEL: define i1 @exchange16
; CHECK: call preserve_mostcc void @__snag_atomic_enter(ptr %p, i64 1049092,
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
; CHECK: [[WIDE:%.*]] = zext i32 %order to i64
; CHECK: [[LOW:%.*]] = and i64 [[WIDE]], 255
; CHECK: [[WHAT:%.*]] = or i64 1572864, [[LOW]]
; CHECK: call preserve_mostcc void @__snag_atomic_enter(ptr %p, i64 [[WHAT]],
; CHECK-NEXT: call void @__atomic_load(i64 24, ptr %p, ptr %out, i32 %order)
; CHECK-NEXT: call preserve_mostcc void @__snag_atomic_leave(ptr %p, i64 [[WHAT]])
; CHECK: call preserve_mostcc void @__snag_atomic_enter(ptr %p, i64 1049093,
; CHECK-NEXT: call i128 @__atomic_fetch_add_16(
; CHECK-NEXT: call preserve_mostcc void @__snag_atomic_leave(ptr %p, i64 1049093)
; CHECK: call preserve_mostcc void @__snag_atomic_enter(ptr %p, i64 {{[0-9]+}},
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
