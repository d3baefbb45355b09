; No site, and no call of a hook, says line 0: each gets the line of its user, its neighbour or its subprogram.
; RUN: %opt -load-pass-plugin=%plugin -passes=snag,verify -snag-call-outs=0 -S %s | %FileCheck %s

target datalayout = "e-m:e-i64:64-n8:16:32:64-S128"
target triple = "x86_64-pc-linux-gnu"

; The line of a site is its fifth field.
; CHECK-DAG: [[USER:@snag.site[.0-9]*]] = {{.*}} i32 12, i16 {{[0-9]+}}, i8 1, i8 8 }
; CHECK-DAG: [[NEXT:@snag.site[.0-9]*]] = {{.*}} i32 22, i16 {{[0-9]+}}, i8 2, i8 8 }
; CHECK-DAG: [[PREVIOUS:@snag.site[.0-9]*]] = {{.*}} i32 31, i16 {{[0-9]+}}, i8 2, i8 8 }
; CHECK-DAG: [[OWN:@snag.site[.0-9]*]] = {{.*}} i32 40, i16 {{[0-9]+}}, i8 2, i8 8 }
; CHECK-DAG: [[CALL:@snag.site[.0-9]*]] = {{.*}} i32 53, i16 {{[0-9]+}}, i8 2, i8 8 }

; CHECK-LABEL: define i64 @user
; CHECK: @__snag_{{(check_)?}}read8(ptr %p, ptr [[USER]], {{.*}} !dbg [[AT_USER:![0-9]+]]
define i64 @user(ptr %p, i64 %n) !dbg !10 {
  %v = load i64, ptr %p, align 8, !dbg !11
  %m = mul i64 %n, %n, !dbg !13
  %s = add i64 %v, %m, !dbg !12
  ret i64 %s, !dbg !13
}

; CHECK-LABEL: define void @next
; CHECK: @__snag_{{(check_)?}}write8(ptr %p, ptr [[NEXT]],
define void @next(ptr %p, i64 %n) !dbg !20 {
  store i64 1, ptr %p, align 8, !dbg !21
  %m = mul i64 %n, %n, !dbg !22
  ret void, !dbg !23
}

; A location without line, after the last instruction that has one.
; CHECK-LABEL: define void @previous
; CHECK: @__snag_{{(check_)?}}write8(ptr %p, ptr [[PREVIOUS]],
define void @previous(ptr %p, i64 %n) !dbg !30 {
  %m = mul i64 %n, %n, !dbg !31
  store i64 %m, ptr %p, align 8
  ret void
}

; CHECK-LABEL: define void @nothing
; CHECK: @__snag_{{(check_)?}}write8(ptr %p, ptr [[OWN]],
define void @nothing(ptr %p) !dbg !40 {
  store i64 1, ptr %p, align 8
  ret void
}

; A neighbour that was inlined into the function counts with the line of its call.
; CHECK-LABEL: define void @inlined
; CHECK: @__snag_{{(check_)?}}write8(ptr %p, ptr [[CALL]],
define void @inlined(ptr %p, i64 %n) !dbg !50 {
  store i64 1, ptr %p, align 8, !dbg !51
  %m = mul i64 %n, %n, !dbg !52
  ret void, !dbg !51
}

; CHECK: [[AT_USER]] = !DILocation(line: 12,

!llvm.dbg.cu = !{!0}
!llvm.module.flags = !{!2}
!0 = distinct !DICompileUnit(language: DW_LANG_C99, file: !1, emissionKind: FullDebug)
!1 = !DIFile(filename: "a.c", directory: "/src")
!2 = !{i32 2, !"Debug Info Version", i32 3}
!3 = !DISubroutineType(types: !4)
!4 = !{}
!10 = distinct !DISubprogram(name: "user", file: !1, line: 10, type: !3, spFlags: DISPFlagDefinition, unit: !0)
!11 = !DILocation(line: 0, scope: !10)
!12 = !DILocation(line: 12, column: 3, scope: !10)
!13 = !DILocation(line: 13, column: 3, scope: !10)
!20 = distinct !DISubprogram(name: "next", file: !1, line: 20, type: !3, spFlags: DISPFlagDefinition, unit: !0)
!21 = !DILocation(line: 0, scope: !20)
!22 = !DILocation(line: 22, column: 3, scope: !20)
!23 = !DILocation(line: 23, column: 3, scope: !20)
!30 = distinct !DISubprogram(name: "previous", file: !1, line: 30, type: !3, spFlags: DISPFlagDefinition, unit: !0)
!31 = !DILocation(line: 31, column: 3, scope: !30)
!40 = distinct !DISubprogram(name: "nothing", file: !1, line: 40, type: !3, spFlags: DISPFlagDefinition, unit: !0)
!50 = distinct !DISubprogram(name: "inlined", file: !1, line: 50, type: !3, spFlags: DISPFlagDefinition, unit: !0)
!51 = !DILocation(line: 0, scope: !50)
!52 = !DILocation(line: 5, column: 3, scope: !54, inlinedAt: !53)
!53 = distinct !DILocation(line: 53, column: 3, scope: !50)
!54 = distinct !DISubprogram(name: "callee", file: !1, line: 4, type: !3, spFlags: DISPFlagDefinition, unit: !0)
