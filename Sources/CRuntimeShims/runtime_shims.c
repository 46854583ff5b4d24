#define _GNU_SOURCE
#include <malloc.h>
#include "runtime_shims.h"

#include <string.h>

// Part of the Swift runtime's stable interface (swift/Runtime/Debug.h).
extern size_t swift_retainCount(void *object);

const void *runtime_find_bytes(const void *haystack, size_t haystack_length, const void *needle, size_t needle_length) {
  return memmem(haystack, haystack_length, needle, needle_length);
}

size_t runtime_reference_count(void *object) { return swift_retainCount(object); }

void runtime_with_spilled_registers(void *context, void (*body)(void *context, void *stack_pointer)) {
  // __builtin_unwind_init makes this frame save every callee-saved register (unlike setjmp, glibc's copy of which is mangled).
  __builtin_unwind_init();
  void *volatile stack_pointer = __builtin_frame_address(0);
  uintptr_t lowest = (uintptr_t)&stack_pointer;
  if ((uintptr_t)stack_pointer < lowest) lowest = (uintptr_t)stack_pointer;
  // 256 bytes below the frame's own variables cover the saved registers wherever the compiler put them.
  body(context, (void *)((lowest - 256) & ~(uintptr_t)15));
}

#if defined(__x86_64__)

// System V: rbx, rbp, r12 to r15 and the two floating-point control words survive a call.
__asm__(
  ".text\n"
  ".globl runtime_coroutine_switch\n"
  ".type runtime_coroutine_switch,@function\n"
  "runtime_coroutine_switch:\n"
  "  pushq %rbp\n  pushq %rbx\n  pushq %r12\n  pushq %r13\n  pushq %r14\n  pushq %r15\n"
  "  subq $8, %rsp\n  stmxcsr (%rsp)\n  fnstcw 4(%rsp)\n"
  "  movq %rsp, (%rdi)\n"
  "  movq (%rsi), %rsp\n"
  "  ldmxcsr (%rsp)\n  fldcw 4(%rsp)\n  addq $8, %rsp\n"
  "  popq %r15\n  popq %r14\n  popq %r13\n  popq %r12\n  popq %rbx\n  popq %rbp\n"
  "  ret\n"
  ".size runtime_coroutine_switch,.-runtime_coroutine_switch\n"
  ".type runtime_coroutine_start,@function\n"
  "runtime_coroutine_start:\n"
  "  movq %r12, %rdi\n"
  "  xorl %ebp, %ebp\n"
  "  callq *%rbx\n"
  "  ud2\n"
  ".size runtime_coroutine_start,.-runtime_coroutine_start\n");

extern char runtime_coroutine_start[];

void runtime_coroutine_prepare(runtime_coroutine *to, void *stack_top, void (*entry)(void *argument), void *argument) {
  uint64_t *top = (uint64_t *)((uintptr_t)stack_top & ~(uintptr_t)15);
  *--top = 0;  // keeps the stack 16-byte aligned at the call in runtime_coroutine_start
  *--top = 0;
  *--top = (uint64_t)runtime_coroutine_start;
  *--top = 0;                   // rbp
  *--top = (uint64_t)entry;     // rbx
  *--top = (uint64_t)argument;  // r12
  *--top = 0;                   // r13
  *--top = 0;                   // r14
  *--top = 0;                   // r15
  --top;
  uint32_t control[2] = {0x1f80, 0x037f};  // the System V initial values: all exceptions masked
  __builtin_memcpy(top, control, 8);
  to->saved_stack_pointer = top;
}

#elif defined(__aarch64__)

// AAPCS64: x19 to x30 and d8 to d15 survive a call.
__asm__(
  ".text\n"
  ".globl runtime_coroutine_switch\n"
  "runtime_coroutine_switch:\n"
  "  sub sp, sp, #160\n"
  "  stp x19, x20, [sp]\n  stp x21, x22, [sp, #16]\n  stp x23, x24, [sp, #32]\n  stp x25, x26, [sp, #48]\n"
  "  stp x27, x28, [sp, #64]\n  stp x29, x30, [sp, #80]\n"
  "  stp d8, d9, [sp, #96]\n  stp d10, d11, [sp, #112]\n  stp d12, d13, [sp, #128]\n  stp d14, d15, [sp, #144]\n"
  "  mov x9, sp\n  str x9, [x0]\n  ldr x9, [x1]\n  mov sp, x9\n"
  "  ldp x19, x20, [sp]\n  ldp x21, x22, [sp, #16]\n  ldp x23, x24, [sp, #32]\n  ldp x25, x26, [sp, #48]\n"
  "  ldp x27, x28, [sp, #64]\n  ldp x29, x30, [sp, #80]\n"
  "  ldp d8, d9, [sp, #96]\n  ldp d10, d11, [sp, #112]\n  ldp d12, d13, [sp, #128]\n  ldp d14, d15, [sp, #144]\n"
  "  add sp, sp, #160\n"
  "  ret\n"
  "runtime_coroutine_start:\n"
  "  mov x0, x20\n"
  "  blr x19\n"
  "  brk #0\n");

extern char runtime_coroutine_start[];

void runtime_coroutine_prepare(runtime_coroutine *to, void *stack_top, void (*entry)(void *argument), void *argument) {
  uint64_t *top = (uint64_t *)((uintptr_t)stack_top & ~(uintptr_t)15) - 20;
  for (int i = 0; i < 20; i++) top[i] = 0;
  top[0] = (uint64_t)entry;
  top[1] = (uint64_t)argument;
  top[11] = (uint64_t)runtime_coroutine_start;
  to->saved_stack_pointer = top;
}

#else
#error "coroutines are written for x86-64 and AArch64"
#endif

void runtime_prepare_allocator(void) {
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_TOP_PAD, 4 << 20);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
}
