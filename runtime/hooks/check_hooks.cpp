// The access hooks with the inline test inside (hooks.h says what it compares). In assembly, because a test that keeps
// every register and needs no frame is a dozen instructions, and a compiler's is twice that. What fails goes on to the
// plain hook of the size as if the program had called that one.
//
// The plain hook for reads of 8 bytes is here, too, since what the runtime knows of crowds (core/crowds.h) can be told
// as cheaply; what is neither goes on to __snag_read8_quickly. So are those for ranges, of which short ones are tested
// like single words.
//
//   rdi address, rsi site, rdx context: kept.  r11: free for all.

#include <cstddef>

#include "snag/hooks.h"

#if !defined(__x86_64__)
#error "written for x86-64"
#endif

static_assert(SNAG_SHADOW_XOR == 0x500000000000 && SNAG_SHADOW_OFFSET == 0x100000, "as in findAligned and SHADOW");
static_assert(SNAG_JOINED_HALVES == 16 && offsetof(SnagThread, joinedHalves) == 16, "as in compareJoined");

// Thread-local storage is addressed directly: the runtime is always part of the executable.
asm(R"(
  .set OWN, 0      # SnagThread::ownHalf
  .set SHARED, 4   # SnagThread::sharedHalf
  .set JOINED, 16  # SnagThread::joinedHalves
  .set SHADOW, 0x100000  # SNAG_SHADOW_OFFSET
  .set SHORT, 128  # bytes: beyond that, the vector instructions of longer ranges are faster

  .macro begin name
    .globl __snag_\name
    .type __snag_\name, @function
    .p2align 6  # tests of words fit into a cache line; across two they take up to a tenth longer
  __snag_\name:
    .cfi_startproc
  .endm

  .macro finish name
    .cfi_endproc
    .size __snag_\name, . - __snag_\name
  .endm

  .macro keep register
    pushq %\register
    .cfi_adjust_cfa_offset 8
  .endm

  .macro restore register
    popq %\register
    .cfi_adjust_cfa_offset -8
  .endm

  # SHADOW(r11): the shadow word of rdi, which is aligned as one,
  .macro findAligned
    movabsq $0x500000000000, %r11
    xorq %rdi, %r11
  .endm
  # or may be anywhere in it.
  .macro findWord
    findAligned
    andq $-8, %r11
  .endm

  .section .text.snag_check_hooks, "ax", @progbits

  .irp size, 1, 2, 4
  begin check_write\size
    findWord
    movl SHADOW(%r11), %r11d
    xorl %fs:__snag_thread@tpoff + OWN, %r11d
    testl $0xffffff, %r11d
    jne 2f
    testl %r11d, %r11d  # most words are whole: whoever goes through memory at random need not guess which bits matter
    jne 1f
    ret
  1:
  .if \size == 4
    testb $4, %dil
    je 3f
    shrl $4, %r11d
  3:
    testl $0x0f000000, %r11d
    jne 2f
  .else
    shrl $24, %r11d
    imull $0x01010101, %r11d, %r11d  # btl looks at bit rdi % 32; we mean rdi % 8
    btl %edi, %r11d
    jc 2f
  .if \size == 2
    shrl $1, %r11d
    btl %edi, %r11d
    jc 2f
  .endif
  .endif
    ret
  2:
    jmp __snag_write\size@PLT
  finish check_write\size

  # Which bytes of a word were written and which read differs from word to word in structs of small fields, so all that
  # could let some bytes pass is computed and the least taken: a jump for each would often be guessed wrong.
  begin check_read\size
    findWord
    movq SHADOW(%r11), %r11
    xorq %fs:__snag_thread@tpoff + OWN, %r11  # the writer's half with OWN, the reader's with SHARED
    testl %r11d, %r11d
    jne 1f
    ret
  1:
    keep rdx
    movq %r11, %rdx
    shrq $32, %rdx
    je 2f
    keep rax
    keep rcx
    movl %edi, %ecx
    andl $7, %ecx
    movl $((1 << \size) - 1) << 24, %eax
    shll %cl, %eax
    orl $0xffffff, %eax  # the segment and the bytes
    movl %edx, %ecx
    xorl %fs:__snag_thread@tpoff + SHARED, %edx
    xorl %fs:__snag_thread@tpoff + OWN, %edx
    andl %eax, %r11d
    andl %eax, %ecx
    andl %eax, %edx
    cmpl %r11d, %ecx
    cmoval %r11d, %ecx
    cmpl %ecx, %edx
    cmoval %ecx, %edx
    testl %edx, %edx
    restore rcx
    restore rax
    jne 3f
  2:
    .cfi_remember_state
    restore rdx
    ret
  3:
    .cfi_restore_state
    restore rdx
    jmp __snag_read\size@PLT
  finish check_read\size
  .endr

  # The reader's half in r11d is none of joinedHalves: goes to \different.
  .macro compareJoined different
    keep rax
    movl %r11d, %eax
    andl $15, %eax
    cmpl %r11d, %fs:__snag_thread@tpoff + JOINED(,%rax,4)
    restore rax
    jne \different
  .endm

  begin check_write8
    findAligned
    movl SHADOW(%r11), %r11d
    cmpl %fs:__snag_thread@tpoff + OWN, %r11d
    jne 1f
    ret
  1:
    jmp __snag_write8@PLT
  finish check_write8

  begin check_read8
    findAligned
    movq SHADOW(%r11), %r11
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
  finish check_read8

  # What inline tests have not let pass.
  begin read8
    testb $7, %dil
    jne 1f
    findAligned
    movl SHADOW + 4(%r11), %r11d
    compareJoined 1f
    ret
  1:
    jmp __snag_read8_quickly
  finish read8

  begin check_write16
    findAligned
    keep rax
    movl %fs:__snag_thread@tpoff + OWN, %eax
    cmpl %eax, SHADOW(%r11)
    jne 1f
    cmpl %eax, SHADOW + 8(%r11)
  1:
    restore rax
    jne 2f
    ret
  2:
    jmp __snag_write16@PLT
  finish check_write16

  # Each word has its bytes in one of the halves.
  .macro compareWord place, different
    cmpl %eax, SHADOW + \place(%r11)
    je 4f
    cmpl %eax, SHADOW + \place + 4(%r11)
    je 4f
    movl SHADOW + \place + 4(%r11), %eax
    cmpl %fs:__snag_thread@tpoff + SHARED, %eax
    jne \different
    movl %fs:__snag_thread@tpoff + OWN, %eax
  4:
  .endm

  begin check_read16
    findAligned
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
  finish check_read16

  # All that a short range touches is the segment's, in whole words: the rest of the test, and longer ranges, are left to
  # \plain. rsi: number of bytes, kept.
  .macro range plain, isWrite
  begin \plain
    leaq -1(%rsi), %r11
    cmpq $SHORT, %r11
    jae 3f
    keep rax
    keep r8
    keep r9
    leaq (%rdi,%r11), %rax
    movabsq $0x500000000000, %r11
    xorq %r11, %rax
    xorq %rdi, %r11
    andq $-8, %r11  # SHADOW(r11): the next word; the last one is not behind rax
    movl %fs:__snag_thread@tpoff + OWN, %r8d
  1:
    movq SHADOW(%r11), %r9
    cmpl %r8d, %r9d
  .if \isWrite
    jne 2f
  .else
    je 4f
    shrq $32, %r9
    cmpl %r8d, %r9d
    je 4f
    cmpl %fs:__snag_thread@tpoff + SHARED, %r9d
    jne 2f
  4:
  .endif
    addq $8, %r11
    cmpq %rax, %r11
    jbe 1b
    .cfi_remember_state
    restore r9
    restore r8
    restore rax
    ret
  2:
    .cfi_restore_state
    restore r9
    restore r8
    restore rax
  3:
    jmp __snag_\plain\()_quickly
  finish \plain
  .endm

  range read_range, 0
  range write_range, 1

  .text
)");
