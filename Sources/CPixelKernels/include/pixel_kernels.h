// Loops over rows of packed premultiplied pixels in vectors of eight, for processors that have AVX2.
//
// Swift knows SSE2 only unless a whole program is built for one kind of processor, and on long rows takes 2.4 times as long as these.
// Each has an exact twin in Raster/Compositing or Raster/Shading, which serves short rows and other processors.

#ifndef CANVASRUN_PIXEL_KERNELS_H
#define CANVASRUN_PIXEL_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/// Whether the others may be called: not 0 when the processor has AVX2. Found out before main.
static inline int pixel_kernels_are_available(void) {
  extern int pixel_kernels_availability;
  return pixel_kernels_availability;
}

/// Writes `color` to `count` pixels. May be called everywhere.
void pixel_kernels_fill(uint32_t *pixels, size_t count, uint32_t color);

/// Draws `color` over `count` pixels: color + pixel * (255 - alpha of color) / 255, rounded.
void pixel_kernels_over_color(uint32_t *pixels, size_t count, uint32_t color);

/// Draws `source` over `count` pixels.
void pixel_kernels_over(uint32_t *pixels, const uint32_t *source, size_t count);

/// Pixels `weight` / 256 of the way from `upper` to `lower`, 0...256, rounded.
void pixel_kernels_mix(uint32_t *pixels, const uint32_t *upper, const uint32_t *lower, uint32_t weight, size_t count);

#endif
