// The access hooks with the inline test inside (hooks.h says what it compares). In assembly, because a test that keeps
// every register and needs no frame is a dozen instructions, and a compiler's is twice that. What fails goes on to the
// plain hook of the size as if the program had called that one.
//
// The plain hook for reads of 8 bytes is here, too, since what the runtime knows of crowds (core/crowds.h) can be told
// as cheaply; what is neither goes on to __snag_read8_quickly.
//
//   rdi address, rsi site, rdx context: kept.  r11: free for all.

#include <cstddef>

#include "snag/hooks.h"

#if !defined(__x86_64__)
#error "written for x86-64"
#endif

static_assert(SNAG_JOINED_HALVES == 16 && offsetof(SnagThread, joinedHalves) == 16, "as in compareJoined");

// Thread-local storage is addressed directly: the runtime is always part of the executable.
asm(R"(
  .set OWN, 0      # SnagThread::ownHalf
  .set SHARED, 4   # SnagThread::sharedHalf
  .set JOINED, 16  # SnagThread::joinedHalves

  .macro begin name
    .globl __snag_check_\name
    .type __snag_check_\name, @function
    .p2align 4
  __snag_check_\name:
    .cfi_startproc
    movabsq $0x500000000000, %r11
    xorq %rdi, %r11
  .endm

  .macro finish name
    .cfi_endproc
    .size __snag_check_\name, . - __snag_check_\name
  .endm

  .macro keep register
    pushq %\register
    .cfi_adjust_cfa_offset 8
  .endm

  .macro restore register
    popq %\register
    .cfi_adjust_cfa_offset -8
  .endm

  # The half word in eax differs from \half in what `size` bytes at rdi need: goes to \different. Changes eax and ecx.
  .macro compare size, half, different
    xorl %fs:__snag_thread@tpoff + \half, %eax
    movl %edi, %ecx
    orl $24, %ecx
    btl %ecx, %eax         # the byte's bit, 24 + rdi % 8
    jc \different
  .if \size == 2
    orl $1, %ecx
    btl %ecx, %eax
    jc \different
  .endif
    testl $0xffffff, %eax  # the segment
    jne \different
  .endm

  # All four bytes of one half or the other: two masks are quicker than four bits.
  .macro compare4 half, different
    xorl %fs:__snag_thread@tpoff + \half, %eax
    testb $4, %dil
    jne 4f
    testl $0x0fffffff, %eax
    jne \different
    jmp 5f
  4:
    testl $0xf0ffffff, %eax
    jne \different
  5:
  .endm

  .section .text.snag_check_hooks, "ax", @progbits

  .irp size, 1, 2
  begin write\size
    andq $-8, %r11
    keep rax
    keep rcx
    movl (%r11), %eax
    compare \size, OWN, 1f
    .cfi_remember_state
    restore rcx
    restore rax
    ret
  1:
    .cfi_restore_state
    restore rcx
    restore rax
    jmp __snag_write\size@PLT
  finish write\size

  begin read\size
    andq $-8, %r11
    keep rax
    keep rcx
    movl (%r11), %eax
    compare \size, OWN, 2f
  1:
    .cfi_remember_state
    restore rcx
    restore rax
    ret
  2:
    .cfi_restore_state
    movl 4(%r11), %eax
    compare \size, OWN, 3f
    jmp 1b
  3:
    movl 4(%r11), %eax
    compare \size, SHARED, 3f
    jmp 1b
  3:
    restore rcx
    restore rax
    jmp __snag_read\size@PLT
  finish read\size
  .endr

  begin write4
    andq $-8, %r11
    movl (%r11), %r11d
    xorl %fs:__snag_thread@tpoff + OWN, %r11d
    testb $4, %dil
    jne 1f
    testl $0x0fffffff, %r11d
    jne 2f
    ret
  1:
    testl $0xf0ffffff, %r11d
    jne 2f
    ret
  2:
    jmp __snag_write4@PLT
  finish write4

  begin read4
    andq $-8, %r11
    keep rax
    movl (%r11), %eax
    compare4 OWN, 2f
  1:
    .cfi_remember_state
    restore rax
    ret
  2:
    .cfi_restore_state
    movl 4(%r11), %eax
    compare4 OWN, 3f
    jmp 1b
  3:
    movl 4(%r11), %eax
    compare4 SHARED, 3f
    jmp 1b
  3:
    restore rax
    jmp __snag_read4@PLT
  finish read4

  # The reader's half in r11d is none of joinedHalves: goes to \different.
  .macro compareJoined different
    keep rax
    movl %r11d, %eax
    andl $15, %eax
    cmpl %r11d, %fs:__snag_thread@tpoff + JOINED(,%rax,4)
    restore rax
    jne \different
  .endm

  begin write8
    movl (%r11), %r11d
    cmpl %fs:__snag_thread@tpoff + OWN, %r11d
    jne 1f
    ret
  1:
    jmp __snag_write8@PLT
  finish write8

  begin read8
    movq (%r11), %r11
    cmpl %fs:__snag_thread@tpoff + OWN, %r11d
    jne 1f
    ret
  1:
    shrq $32, %r11
    cmpl %fs:__snag_thread@tpoff + OWN, %r11d
    jne 2f
    ret
  2:
    cmpl %fs:__snag_thread@tpoff + SHARED, %r11d
    jne 3f
    ret
  3:
    compareJoined 4f
    ret
  4:
    jmp __snag_read8_quickly
  finish read8

  # What inline tests have not let pass.
    .globl __snag_read8
    .type __snag_read8, @function
    .p2align 4
  __snag_read8:
    .cfi_startproc
    testb $7, %dil
    jne 1f
    movabsq $0x500000000000, %r11
    xorq %rdi, %r11
    movl 4(%r11), %r11d
    compareJoined 1f
    ret
  1:
    jmp __snag_read8_quickly
    .cfi_endproc
    .size __snag_read8, . - __snag_read8

  begin write16
    keep rax
    movl %fs:__snag_thread@tpoff + OWN, %eax
    cmpl %eax, (%r11)
    jne 1f
    cmpl %eax, 8(%r11)
  1:
    restore rax
    jne 2f
    ret
  2:
    jmp __snag_write16@PLT
  finish write16

  # Each word has its bytes in one of the halves.
  .macro compareWord place, different
    cmpl %eax, \place(%r11)
    je 4f
    cmpl %eax, \place + 4(%r11)
    je 4f
    movl \place + 4(%r11), %eax
    cmpl %fs:__snag_thread@tpoff + SHARED, %eax
    jne \different
    movl %fs:__snag_thread@tpoff + OWN, %eax
  4:
  .endm

  begin read16
    keep rax
    movl %fs:__snag_thread@tpoff + OWN, %eax
    compareWord 0, 3f
    compareWord 8, 3f
    .cfi_remember_state
    restore rax
    ret
  3:
    .cfi_restore_state
    restore rax
    jmp __snag_read16@PLT
  finish read16

  .text
)");
