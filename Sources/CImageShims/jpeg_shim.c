// JPEG reading and writing through libjpeg-turbo, with its longjmp caught in here.

#include "image_shims.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

typedef struct {
  struct jpeg_error_mgr base;
  jmp_buf target;
  int truncated;
  char message[JMSG_LENGTH_MAX];
} error_manager;

static void on_error(j_common_ptr common) {
  error_manager *errors = (error_manager *)common->err;
  errors->base.format_message(common, errors->message);
  longjmp(errors->target, 1);
}

static void on_message(j_common_ptr common, int level) {
  error_manager *errors = (error_manager *)common->err;
  if (level >= 0) return;
  errors->base.num_warnings++;
  if (errors->base.msg_code == JWRN_JPEG_EOF) errors->truncated = 1;
}

static void ignore_message(j_common_ptr common) { (void)common; }

static void prepare_errors(error_manager *errors) {
  jpeg_std_error(&errors->base);
  errors->base.error_exit = on_error;
  errors->base.emit_message = on_message;
  errors->base.output_message = ignore_message;
}

// MARK: Reading

struct jpeg_shim_reader {
  struct jpeg_decompress_struct decompress;
  error_manager errors;
  struct jpeg_progress_mgr progress;
};

// A small file can ask for thousands of scans over a huge picture; no honest one has more than a few dozen.
static void limit_scans(j_common_ptr common) {
  struct jpeg_decompress_struct *decompress = (struct jpeg_decompress_struct *)common;
  if (common->is_decompressor && decompress->input_scan_number > 200) {
    error_manager *errors = (error_manager *)common->err;
    strcpy(errors->message, "too many scans");
    longjmp(errors->target, 1);
  }
}

jpeg_shim_reader *jpeg_shim_open(const uint8_t *bytes, size_t length, jpeg_shim_header *header, image_shims_result *result) {
  *result = image_shims_no_memory;
  jpeg_shim_reader *reader = calloc(1, sizeof *reader);
  if (!reader) return NULL;
  prepare_errors(&reader->errors);
  reader->decompress.err = &reader->errors.base;
  *result = image_shims_malformed;
  if (setjmp(reader->errors.target)) return reader;

  jpeg_create_decompress(&reader->decompress);
  reader->progress.progress_monitor = limit_scans;
  reader->decompress.progress = &reader->progress;
  jpeg_mem_src(&reader->decompress, bytes, length);
  if (jpeg_read_header(&reader->decompress, TRUE) != JPEG_HEADER_OK) return reader;
  header->width = reader->decompress.image_width;
  header->height = reader->decompress.image_height;
  *result = image_shims_ok;
  return reader;
}

// Files with four inks come from Adobe programs, which store them inverted: 255 is no ink.
static void inks_to_rgba(uint8_t *row, uint32_t width, int inverted) {
  for (uint32_t x = 0; x < width; x++) {
    uint8_t *pixel = row + (size_t)x * 4;
    unsigned c = pixel[0], m = pixel[1], y = pixel[2], k = pixel[3];
    if (!inverted) {
      c = 255 - c;
      m = 255 - m;
      y = 255 - y;
      k = 255 - k;
    }
    pixel[0] = (uint8_t)((c * k + 127) / 255);
    pixel[1] = (uint8_t)((m * k + 127) / 255);
    pixel[2] = (uint8_t)((y * k + 127) / 255);
    pixel[3] = 255;
  }
}

image_shims_result jpeg_shim_read(jpeg_shim_reader *reader, uint8_t *pixels, size_t bytes_per_row, uint32_t *rows_done) {
  struct jpeg_decompress_struct *decompress = &reader->decompress;
  volatile uint32_t rows = 0;
  if (setjmp(reader->errors.target)) {
    *rows_done = rows;
    return rows > 0 ? image_shims_partial : image_shims_malformed;
  }
  int inks = decompress->jpeg_color_space == JCS_CMYK || decompress->jpeg_color_space == JCS_YCCK;
  decompress->out_color_space = inks ? JCS_CMYK : JCS_EXT_RGBA;
  jpeg_start_decompress(decompress);
  if ((size_t)decompress->output_width * 4 > bytes_per_row) return image_shims_malformed;
  while (decompress->output_scanline < decompress->output_height) {
    uint8_t *row = pixels + (size_t)decompress->output_scanline * bytes_per_row;
    if (jpeg_read_scanlines(decompress, &row, 1) != 1) break;
    if (inks) inks_to_rgba(row, decompress->output_width, decompress->saw_Adobe_marker);
    rows = decompress->output_scanline;
  }
  *rows_done = rows;
  return reader->errors.truncated ? image_shims_partial : image_shims_ok;
}

void jpeg_shim_close(jpeg_shim_reader *reader) {
  // Destroying cannot fail, but a half made object is fine too: its memory manager is null then.
  jpeg_destroy_decompress(&reader->decompress);
  free(reader);
}

const char *jpeg_shim_message(const jpeg_shim_reader *reader) { return reader->errors.message; }

// MARK: Writing

typedef struct {
  struct jpeg_compress_struct compress;
  error_manager errors;
  unsigned char *output;
  unsigned long output_length;
} writer;

image_shims_result jpeg_shim_write(const uint8_t *pixels, size_t bytes_per_row, uint32_t width, uint32_t height, int quality,
                                   int full_chroma, const uint8_t *icc_profile, size_t icc_profile_length, uint8_t **output,
                                   size_t *output_length) {
  *output = NULL;
  *output_length = 0;
  // On the heap, so that nothing of it lives in registers across a longjmp.
  writer *state = calloc(1, sizeof *state);
  if (!state) return image_shims_no_memory;
  prepare_errors(&state->errors);
  state->compress.err = &state->errors.base;
  if (setjmp(state->errors.target)) {
    jpeg_destroy_compress(&state->compress);
    free(state->output);
    free(state);
    return image_shims_malformed;
  }
  jpeg_create_compress(&state->compress);
  jpeg_mem_dest(&state->compress, &state->output, &state->output_length);
  state->compress.image_width = width;
  state->compress.image_height = height;
  state->compress.input_components = 4;
  state->compress.in_color_space = JCS_EXT_RGBX;
  jpeg_set_defaults(&state->compress);
  jpeg_set_quality(&state->compress, quality, TRUE);
  state->compress.optimize_coding = TRUE;
  if (full_chroma) {
    for (int i = 0; i < 3; i++) {
      state->compress.comp_info[i].h_samp_factor = 1;
      state->compress.comp_info[i].v_samp_factor = 1;
    }
  }
  jpeg_start_compress(&state->compress, TRUE);
  if (icc_profile && icc_profile_length > 0) {
    jpeg_write_icc_profile(&state->compress, icc_profile, (unsigned)icc_profile_length);
  }
  while (state->compress.next_scanline < height) {
    JSAMPROW row = (JSAMPROW)(uintptr_t)(pixels + (size_t)state->compress.next_scanline * bytes_per_row);
    jpeg_write_scanlines(&state->compress, &row, 1);
  }
  jpeg_finish_compress(&state->compress);
  *output = state->output;
  *output_length = state->output_length;
  jpeg_destroy_compress(&state->compress);
  free(state);
  return image_shims_ok;
}
