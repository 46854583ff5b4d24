// PNG reading through libpng, with its longjmp caught in here.

#include "image_shims.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

struct png_shim_reader {
  png_structp png;
  png_infop info;
  const uint8_t *bytes;
  size_t length;
  size_t offset;
  char message[128];
};

static void on_error(png_structp png, png_const_charp message) {
  png_shim_reader *reader = png_get_error_ptr(png);
  strncpy(reader->message, message, sizeof reader->message - 1);
  png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

static void read_bytes(png_structp png, png_bytep target, size_t count) {
  png_shim_reader *reader = png_get_io_ptr(png);
  if (count > reader->length - reader->offset) {
    png_error(png, "the data end too early");
  }
  memcpy(target, reader->bytes + reader->offset, count);
  reader->offset += count;
}

// Asks for straight 8-bit RGBA whatever is stored.
static void request_rgba(png_structp png, png_infop info) {
  double file_gamma = 0;
  // Browsers honour gAMA only where no profile says more; libpng skips it when it makes no visible difference.
  if (!png_get_valid(png, info, PNG_INFO_sRGB) && !png_get_valid(png, info, PNG_INFO_iCCP) &&
      png_get_gAMA(png, info, &file_gamma) && file_gamma > 0.01 && file_gamma < 10) {
    png_set_gamma(png, 2.2, file_gamma);
  }
  png_set_expand(png);
  png_set_scale_16(png);
  png_set_gray_to_rgb(png);
  png_set_add_alpha(png, 0xFF, PNG_FILLER_AFTER);
}

png_shim_reader *png_shim_open(const uint8_t *bytes, size_t length, png_shim_header *header, image_shims_result *result) {
  *result = image_shims_no_memory;
  png_shim_reader *reader = calloc(1, sizeof *reader);
  if (!reader) return NULL;
  reader->bytes = bytes;
  reader->length = length;
  reader->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, reader, on_error, on_warning);
  reader->info = reader->png ? png_create_info_struct(reader->png) : NULL;
  if (!reader->info) {
    png_shim_close(reader);
    return NULL;
  }
  *result = image_shims_malformed;
  if (setjmp(png_jmpbuf(reader->png))) return reader;

  png_set_read_fn(reader->png, reader, read_bytes);
  // Bounds are the caller's business: it knows how many pixels it will take. Ancillary chunks may not hoard memory.
  png_set_user_limits(reader->png, 0x7FFFFFFF, 0x7FFFFFFF);
  png_set_chunk_malloc_max(reader->png, 4 << 20);
  png_set_chunk_cache_max(reader->png, 64);
  png_set_crc_action(reader->png, PNG_CRC_DEFAULT, PNG_CRC_WARN_DISCARD);
  png_set_benign_errors(reader->png, 1);
  png_read_info(reader->png, reader->info);

  header->width = png_get_image_width(reader->png, reader->info);
  header->height = png_get_image_height(reader->png, reader->info);
  header->has_alpha = (png_get_color_type(reader->png, reader->info) & PNG_COLOR_MASK_ALPHA) != 0 ||
                      png_get_valid(reader->png, reader->info, PNG_INFO_tRNS) != 0;
  header->icc_profile = NULL;
  header->icc_profile_length = 0;
  png_charp name = NULL;
  png_bytep profile = NULL;
  png_uint_32 profile_length = 0;
  int compression = 0;
  if (png_get_iCCP(reader->png, reader->info, &name, &compression, &profile, &profile_length) && profile) {
    header->icc_profile = profile;
    header->icc_profile_length = profile_length;
  }
  *result = image_shims_ok;
  return reader;
}

image_shims_result png_shim_read(png_shim_reader *reader, uint8_t *pixels, size_t bytes_per_row, uint32_t *rows_done) {
  // Volatile: read after a longjmp.
  volatile uint32_t rows = 0;
  volatile int started = 0;
  uint32_t height = png_get_image_height(reader->png, reader->info);
  if (setjmp(png_jmpbuf(reader->png))) {
    *rows_done = rows;
    return started && rows > 0 ? image_shims_partial : image_shims_malformed;
  }
  request_rgba(reader->png, reader->info);
  int passes = png_set_interlace_handling(reader->png);
  png_read_update_info(reader->png, reader->info);
  if (png_get_rowbytes(reader->png, reader->info) > bytes_per_row) return image_shims_malformed;
  started = 1;
  for (int pass = 0; pass < passes; pass++) {
    for (uint32_t y = 0; y < height; y++) {
      png_read_row(reader->png, pixels + (size_t)y * bytes_per_row, NULL);
      // A first pass of an interlaced picture reaches all rows thinly.
      if (y + 1 > rows) rows = y + 1;
    }
  }
  *rows_done = rows;
  // What follows the pixels cannot change them, so damage there is no error.
  return image_shims_ok;
}

void png_shim_close(png_shim_reader *reader) {
  if (reader->png) png_destroy_read_struct(&reader->png, reader->info ? &reader->info : NULL, NULL);
  free(reader);
}

const char *png_shim_message(const png_shim_reader *reader) { return reader->message; }
