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

/// Prepares `to` so that the first switch to it calls `entry(argument)` on the stack that ends at `stack_top`.
/// `entry` must never return.
void runtime_coroutine_prepare(runtime_coroutine *to, void *stack_top, void (*entry)(void *argument), void *argument);

/// Saves the present line of execution in `from` and continues `to`.
void runtime_coroutine_switch(runtime_coroutine *from, runtime_coroutine *to);

/// The first place of `needle` in `haystack`, NULL where there is none (memmem, which is a GNU extension that Swift does not see).
const void *runtime_find_bytes(const void *haystack, size_t haystack_length, const void *needle, size_t needle_length);

/// One arena for all threads, grown in large steps and kept: for processes in which one thread does nearly all the allocating.
void runtime_prepare_allocator(void);

/// How many strong references the Swift object at `object` has.
size_t runtime_reference_count(void *object);

#endif
