// Checksums and inflate, in types that Swift sees as integers of known width.

#include "image_shims.h"

#include <string.h>
#include <zlib.h>

uint32_t zlib_shim_crc32(uint32_t crc, const uint8_t *bytes, size_t length) { return (uint32_t)crc32_z(crc, bytes, length); }

uint32_t zlib_shim_adler32(uint32_t adler, const uint8_t *bytes, size_t length) {
  return (uint32_t)adler32_z(adler, bytes, length);
}

long zlib_shim_inflate(const uint8_t *bytes, size_t length, uint8_t *output, size_t capacity) {
  uLongf written = capacity;
  uLong consumed = length;
  return uncompress2(output, &written, bytes, &consumed) == Z_OK ? (long)written : -1;
}
