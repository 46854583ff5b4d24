// What the script heap and its coroutines need from the machine and Swift cannot say.

#ifndef CANVASRUN_RUNTIME_SHIMS_H
#define CANVASRUN_RUNTIME_SHIMS_H

#include <stddef.h>
#include <stdint.h>

/// Spills the callee-saved registers to the stack and calls `body(context, stack_pointer)`: every value that the
/// caller holds then lies in memory between `stack_pointer` and the base of its stack.
void runtime_with_spilled_registers(void *context, void (*body)(void *context, void *stack_pointer));

/// A suspended line of execution with a stack of its own.
typedef struct runtime_coroutine {
  void *saved_stack_pointer;
} runtime_coroutine;

/// The integer part of a number that the caller knows to lie within the range: one instruction, where Swift checks again.
static inline int64_t runtime_integer_part(double number) { return (int64_t)number; }

/// The integer part of any number; something that is no integer part of it where there is none or it does not fit.
static inline int64_t runtime_clamped_integer_part(double number) {
#if defined(__x86_64__)
  return __builtin_ia32_cvttsd2si64((double __attribute__((vector_size(16)))){number, 0});
#else
  int64_t result;
  __asm__("fcvtzs %0, %d1" : "=r"(result) : "w"(number));
  return result;
#endif
}

/// Prepares `to` so that the first switch to it calls `entry(argument)` on the stack that ends at `stack_top`.
/// `entry` must never return.
void runtime_coroutine_prepare(runtime_coroutine *to, void *stack_top, void (*entry)(void *argument), void *argument);

/// Saves the present line of execution in `from` and continues `to`.
void runtime_coroutine_switch(runtime_coroutine *from, runtime_coroutine *to);

/// The first place of `needle` in `haystack`, NULL where there is none (memmem, which is a GNU extension that Swift does not see).
const void *runtime_find_bytes(const void *haystack, size_t haystack_length, const void *needle, size_t needle_length);

/// One arena for all threads, grown in large steps and kept: for processes in which one thread does nearly all the allocating.
void runtime_prepare_allocator(void);

/// Makes the calling thread the owner of the pool from which small Swift objects then come: a list of free places for each size,
/// without locks. Other threads go on with the C library; what they give back to the pool is collected by its owner. Only one
/// thread of a process can be the owner, and only where the Swift runtime is part of the program; otherwise nothing happens.
void runtime_own_cell_pool(void);

/// How many strong references the Swift object at `object` has.
size_t runtime_reference_count(void *object);

/// All that a Swift object's header says of its references: equal words mean equal counts.
static inline uint64_t runtime_reference_word(const void *object) { return ((const uint64_t *)object)[1]; }

#endif
