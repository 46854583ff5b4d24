#define _GNU_SOURCE
#include "runtime_shims.h"

#include <dlfcn.h>
#include <sys/mman.h>

// Objects of Swift pass through swift_slowAlloc and swift_slowDealloc, and so does what pointers allocate. Programs are linked
// with --wrap for both (see Package.swift), so that calls arrive here first.
extern void *__real_swift_slowAlloc(size_t size, size_t alignment_mask);
extern void __real_swift_slowDealloc(void *memory, size_t size, size_t alignment_mask);
extern size_t __real_malloc_usable_size(void *memory);
extern size_t swift_retainCount(void *object);

enum {
  granule_shift = 4,
  largest_size = 512,
  class_count = (largest_size >> granule_shift) + 1,
  block_shift = 16,
};

// Addresses, of which only what is used becomes memory: as many as the system grants. When they run out the C library takes over.
#define LARGEST_REGION ((size_t)1 << 34)
#define SMALLEST_REGION ((size_t)1 << 28)

typedef struct free_cell {
  struct free_cell *next;
} free_cell;

static struct {
  // Zero until a thread owns the pool; then no other address lies below `used` from here.
  uintptr_t base;
  size_t size;
  size_t used;
  free_cell *free[class_count];
  uintptr_t unused[class_count];
  uintptr_t unused_end[class_count];
  // What other threads gave back, until the owner looks.
  free_cell *returned;
  uint8_t class_of_block[LARGEST_REGION >> block_shift];
} pool;

static __thread int owns_pool;

static inline size_t offset_in_pool(const void *memory) { return (uintptr_t)memory - pool.base; }
static inline size_t used_size(void) { return __atomic_load_n(&pool.used, __ATOMIC_RELAXED); }

static void take_back_returned(void) {
  free_cell *cell = __atomic_exchange_n(&pool.returned, NULL, __ATOMIC_ACQUIRE);
  while (cell) {
    free_cell *next = cell->next;
    unsigned class = pool.class_of_block[offset_in_pool(cell) >> block_shift];
    cell->next = pool.free[class];
    pool.free[class] = cell;
    cell = next;
  }
}

// Null when the region is used up.
__attribute__((noinline)) static void *allocate_slowly(unsigned class) {
  if (__atomic_load_n(&pool.returned, __ATOMIC_RELAXED)) {
    take_back_returned();
    free_cell *cell = pool.free[class];
    if (cell) {
      pool.free[class] = cell->next;
      return cell;
    }
  }
  size_t size = (size_t)class << granule_shift;
  if (pool.unused[class] + size > pool.unused_end[class]) {
    if (pool.used + ((size_t)1 << block_shift) > pool.size) return NULL;
    pool.class_of_block[pool.used >> block_shift] = (uint8_t)class;
    pool.unused[class] = pool.base + pool.used;
    __atomic_store_n(&pool.used, pool.used + ((size_t)1 << block_shift), __ATOMIC_RELAXED);
    pool.unused_end[class] = pool.base + pool.used;
  }
  void *cell = (void *)pool.unused[class];
  pool.unused[class] += size;
  return cell;
}

void *__wrap_swift_slowAlloc(size_t size, size_t alignment_mask) {
  // An alignment that nobody asked for is all ones; the library would go the long way of posix_memalign for it.
  if (alignment_mask == SIZE_MAX) alignment_mask = 15;
  if (owns_pool && size - 1 < largest_size && alignment_mask <= 15) {
    unsigned class = (unsigned)((size + 15) >> granule_shift);
    free_cell *cell = pool.free[class];
    if (cell) {
      pool.free[class] = cell->next;
      return cell;
    }
    void *fresh = allocate_slowly(class);
    if (fresh) return fresh;
  }
  return __real_swift_slowAlloc(size, alignment_mask);
}

void __wrap_swift_slowDealloc(void *memory, size_t size, size_t alignment_mask) {
  size_t offset = offset_in_pool(memory);
  if (offset >= used_size()) {
    __real_swift_slowDealloc(memory, size, alignment_mask);
    return;
  }
  free_cell *cell = memory;
  if (owns_pool) {
    unsigned class = pool.class_of_block[offset >> block_shift];
    cell->next = pool.free[class];
    pool.free[class] = cell;
    return;
  }
  free_cell *head = __atomic_load_n(&pool.returned, __ATOMIC_RELAXED);
  do {
    cell->next = head;
  } while (!__atomic_compare_exchange_n(&pool.returned, &head, cell, 1, __ATOMIC_RELEASE, __ATOMIC_RELAXED));
}

// Swift's arrays ask how much they have really got.
size_t __wrap_malloc_usable_size(void *memory) {
  size_t offset = offset_in_pool(memory);
  if (offset >= used_size()) return __real_malloc_usable_size(memory);
  return (size_t)pool.class_of_block[offset >> block_shift] << granule_shift;
}

void runtime_own_cell_pool(void) {
  static int was_claimed;
  // With the Swift runtime in a library of its own, that library would free what it has not given out.
  Dl_info here, runtime;
  if (!dladdr((void *)&runtime_own_cell_pool, &here) || !dladdr((void *)&swift_retainCount, &runtime)) return;
  if (here.dli_fbase != runtime.dli_fbase) return;
  if (__atomic_exchange_n(&was_claimed, 1, __ATOMIC_RELAXED)) return;
  for (size_t size = LARGEST_REGION; size >= SMALLEST_REGION; size >>= 2) {
    void *region = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (region == MAP_FAILED) continue;
    // One fault instead of 512 for each 2 MiB. Where the system has no such pages nothing is lost.
    madvise(region, size, MADV_HUGEPAGE);
    pool.base = (uintptr_t)region;
    pool.size = size;
    owns_pool = 1;
    return;
  }
}
