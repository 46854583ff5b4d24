#ifndef CANVASRUN_IMAGE_SHIMS_H
#define CANVASRUN_IMAGE_SHIMS_H

// libpng and libjpeg leave through longjmp, which must not cross Swift frames. Every function here catches its own and
// returns a code. The bytes given to an `open` function must stay valid until `close`.

#include <stddef.h>
#include <stdint.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

typedef enum {
  image_shims_ok = 0,
  // The data are not of this format, or damaged before the first pixel.
  image_shims_malformed = 1,
  // Some rows were decoded, then the data ended or made no sense.
  image_shims_partial = 2,
  image_shims_no_memory = 3,
} image_shims_result;

// MARK: PNG

typedef struct png_shim_reader png_shim_reader;

typedef struct {
  uint32_t width;
  uint32_t height;
  int has_alpha;
  // Values of a cICP chunk are not known to libpng 1.6.39; an ICC profile is handed out as it is, valid until close.
  const uint8_t *_Nullable icc_profile;
  size_t icc_profile_length;
} png_shim_header;

// Null when there is no memory. The header's members are set when *result is ok.
png_shim_reader *_Nullable png_shim_open(const uint8_t *bytes, size_t length, png_shim_header *header,
                                         image_shims_result *result);
// Fills width*height straight RGBA pixels, 8 bits a component; *rows_done counts rows that hold something decoded.
image_shims_result png_shim_read(png_shim_reader *reader, uint8_t *pixels, size_t bytes_per_row, uint32_t *rows_done);
void png_shim_close(png_shim_reader *reader);
// libpng's own sentence about what was wrong; empty when nothing was.
const char *png_shim_message(const png_shim_reader *reader);

// MARK: JPEG

typedef struct jpeg_shim_reader jpeg_shim_reader;

typedef struct {
  uint32_t width;
  uint32_t height;
} jpeg_shim_header;

jpeg_shim_reader *_Nullable jpeg_shim_open(const uint8_t *bytes, size_t length, jpeg_shim_header *header,
                                           image_shims_result *result);
// Fills width*height opaque RGBA pixels, whatever the file's colour model is.
image_shims_result jpeg_shim_read(jpeg_shim_reader *reader, uint8_t *pixels, size_t bytes_per_row, uint32_t *rows_done);
void jpeg_shim_close(jpeg_shim_reader *reader);
const char *jpeg_shim_message(const jpeg_shim_reader *reader);

// Encodes rows of RGBA pixels, ignoring alpha. `quality` 0...100; chroma is kept at full resolution when `full_chroma`.
// On success *output is owned by the caller and freed with free().
image_shims_result jpeg_shim_write(const uint8_t *pixels, size_t bytes_per_row, uint32_t width, uint32_t height, int quality,
                                   int full_chroma, const uint8_t *_Nullable icc_profile, size_t icc_profile_length,
                                   uint8_t *_Nullable *_Nonnull output, size_t *output_length);

// MARK: Checksums and compressed data (zlib)

uint32_t zlib_shim_crc32(uint32_t crc, const uint8_t *bytes, size_t length);
uint32_t zlib_shim_adler32(uint32_t adler, const uint8_t *bytes, size_t length);
// Decompresses a zlib stream; returns the number of bytes written, or -1 when the stream is damaged or needs more room.
long zlib_shim_inflate(const uint8_t *bytes, size_t length, uint8_t *output, size_t capacity);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif
#endif
