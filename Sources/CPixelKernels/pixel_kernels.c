#include "pixel_kernels.h"

#include <wchar.h>

int pixel_kernels_availability = 0;

void pixel_kernels_fill(uint32_t *pixels, size_t count, uint32_t color) {
  // The C library chooses the widest vectors by itself.
  _Static_assert(sizeof(wchar_t) == sizeof(uint32_t), "a wide character is a pixel");
  wmemset((wchar_t *)pixels, (wchar_t)color, count);
}

#if defined(__x86_64__)

#include <immintrin.h>

__attribute__((constructor)) static void find_out(void) {
  __builtin_cpu_init();
  pixel_kernels_availability = __builtin_cpu_supports("avx2") != 0;
}

#define WIDE __attribute__((target("avx2"), always_inline)) static inline

/// x / 255 rounded for 16-bit lanes up to 255 * 255.
WIDE __m256i divided_by_255(__m256i x) {
  return _mm256_mulhi_epu16(_mm256_add_epi16(x, _mm256_set1_epi16(128)), _mm256_set1_epi16(257));
}

WIDE __m256i red_blue(__m256i pixels) { return _mm256_and_si256(pixels, _mm256_set1_epi32(0x00FF00FF)); }
WIDE __m256i green_alpha(__m256i pixels) { return _mm256_srli_epi16(pixels, 8); }
WIDE __m256i joined(__m256i low, __m256i high) { return _mm256_or_si256(low, _mm256_slli_epi16(high, 8)); }

WIDE __m256i scaled(__m256i pixels, __m256i weight) {
  return joined(divided_by_255(_mm256_mullo_epi16(red_blue(pixels), weight)),
                divided_by_255(_mm256_mullo_epi16(green_alpha(pixels), weight)));
}

/// Which of eight pixels are among the first `count`.
WIDE __m256i first_of_eight(size_t count) {
  return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)count), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

__attribute__((target("avx2"))) void pixel_kernels_over_color(uint32_t *pixels, size_t count, uint32_t color) {
  const __m256i source = _mm256_set1_epi32((int)color), rest = _mm256_set1_epi16((short)(255 - (color >> 24)));
  size_t index = 0;
  for (; index + 8 <= count; index += 8) {
    __m256i *place = (__m256i *)(pixels + index);
    _mm256_storeu_si256(place, _mm256_add_epi32(source, scaled(_mm256_loadu_si256(place), rest)));
  }
  if (index < count) {
    const __m256i mask = first_of_eight(count - index);
    int *place = (int *)(pixels + index);
    _mm256_maskstore_epi32(place, mask, _mm256_add_epi32(source, scaled(_mm256_maskload_epi32(place, mask), rest)));
  }
}

WIDE __m256i over(__m256i source, __m256i pixels) {
  const __m256i alpha = _mm256_srli_epi32(source, 24);
  const __m256i rest = _mm256_sub_epi16(_mm256_set1_epi16(255), _mm256_or_si256(alpha, _mm256_slli_epi32(alpha, 16)));
  return _mm256_add_epi32(source, scaled(pixels, rest));
}

__attribute__((target("avx2"))) void pixel_kernels_over(uint32_t *pixels, const uint32_t *source, size_t count) {
  size_t index = 0;
  for (; index + 8 <= count; index += 8) {
    __m256i *place = (__m256i *)(pixels + index);
    _mm256_storeu_si256(place, over(_mm256_loadu_si256((const __m256i *)(source + index)), _mm256_loadu_si256(place)));
  }
  if (index < count) {
    const __m256i mask = first_of_eight(count - index);
    int *place = (int *)(pixels + index);
    const __m256i drawn = over(_mm256_maskload_epi32((const int *)(source + index), mask), _mm256_maskload_epi32(place, mask));
    _mm256_maskstore_epi32(place, mask, drawn);
  }
}

WIDE __m256i mixed(__m256i upper, __m256i lower, __m256i upper_weight, __m256i lower_weight) {
  const __m256i half = _mm256_set1_epi16(128);
  const __m256i low = _mm256_add_epi16(
      _mm256_add_epi16(_mm256_mullo_epi16(red_blue(upper), upper_weight), _mm256_mullo_epi16(red_blue(lower), lower_weight)), half);
  const __m256i high = _mm256_add_epi16(
      _mm256_add_epi16(_mm256_mullo_epi16(green_alpha(upper), upper_weight), _mm256_mullo_epi16(green_alpha(lower), lower_weight)),
      half);
  return _mm256_or_si256(_mm256_srli_epi16(low, 8), _mm256_and_si256(high, _mm256_set1_epi16((short)0xFF00)));
}

__attribute__((target("avx2"))) void pixel_kernels_mix(
    uint32_t *pixels, const uint32_t *upper, const uint32_t *lower, uint32_t weight, size_t count) {
  const __m256i lower_weight = _mm256_set1_epi16((short)weight), upper_weight = _mm256_set1_epi16((short)(256 - weight));
  size_t index = 0;
  for (; index + 8 <= count; index += 8) {
    const __m256i a = _mm256_loadu_si256((const __m256i *)(upper + index)), b = _mm256_loadu_si256((const __m256i *)(lower + index));
    _mm256_storeu_si256((__m256i *)(pixels + index), mixed(a, b, upper_weight, lower_weight));
  }
  if (index < count) {
    const __m256i mask = first_of_eight(count - index);
    const __m256i a = _mm256_maskload_epi32((const int *)(upper + index), mask);
    const __m256i b = _mm256_maskload_epi32((const int *)(lower + index), mask);
    _mm256_maskstore_epi32((int *)(pixels + index), mask, mixed(a, b, upper_weight, lower_weight));
  }
}

#else

void pixel_kernels_over_color(uint32_t *pixels, size_t count, uint32_t color) { (void)pixels, (void)count, (void)color; }

void pixel_kernels_over(uint32_t *pixels, const uint32_t *source, size_t count) { (void)pixels, (void)source, (void)count; }

void pixel_kernels_mix(uint32_t *pixels, const uint32_t *upper, const uint32_t *lower, uint32_t weight, size_t count) {
  (void)pixels, (void)upper, (void)lower, (void)weight, (void)count;
}

#endif
