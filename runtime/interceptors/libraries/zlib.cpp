// zlib reads and writes buffers of the caller's.
#include "interceptors/libraries/library_model.h"

using namespace snag;
using namespace snag::library;

// The first fields of a z_stream, which are part of zlib's interface.
struct ZlibStream {
  const unsigned char* nextIn;
  unsigned availableIn;
  unsigned long totalIn;
  unsigned char* nextOut;
  unsigned availableOut;
  unsigned long totalOut;
};

extern "C" {
int deflate(ZlibStream* stream, int flush);
int inflate(ZlibStream* stream, int flush);
int compress(unsigned char* to, unsigned long* toBytes, const unsigned char* from, unsigned long fromBytes);
int compress2(unsigned char* to, unsigned long* toBytes, const unsigned char* from, unsigned long fromBytes, int level);
int uncompress(unsigned char* to, unsigned long* toBytes, const unsigned char* from, unsigned long fromBytes);
unsigned long crc32(unsigned long crc, const unsigned char* from, unsigned bytes);
unsigned long adler32(unsigned long adler, const unsigned char* from, unsigned bytes);
}

namespace {

SNAG_REAL(deflate);
SNAG_REAL(inflate);
SNAG_REAL(compress);
SNAG_REAL(compress2);
SNAG_REAL(uncompress);
SNAG_REAL(crc32);
SNAG_REAL(adler32);

// What a call used of its stream's buffers is known afterwards.
template <typename RealCall>
int throughStream(ZlibStream* stream, const Place& place, RealCall&& real) {
  if (stream == nullptr) return real();
  const ZlibStream before = *stream;
  const int result = real();
  noteRead(before.nextIn, static_cast<size_t>(stream->nextIn - before.nextIn), place);
  noteWrite(before.nextOut, static_cast<size_t>(stream->nextOut - before.nextOut), place);
  return result;
}

template <typename RealCall>
int wholeBuffers(unsigned char* to, unsigned long* toBytes, const unsigned char* from, unsigned long fromBytes,
                 const Place& place, RealCall&& real) {
  noteRead(from, fromBytes, place);
  const int result = real();
  if (result == 0) noteWrite(to, *toBytes, place);
  return result;
}

}  // namespace

SNAG_INTERCEPTOR int deflate(ZlibStream* stream, int flush) {
  return throughStream(stream, SNAG_CALLER, [=] { return real_deflate(stream, flush); });
}
SNAG_INTERCEPTOR int inflate(ZlibStream* stream, int flush) {
  return throughStream(stream, SNAG_CALLER, [=] { return real_inflate(stream, flush); });
}
SNAG_INTERCEPTOR int compress(unsigned char* to, unsigned long* toBytes, const unsigned char* from,
                              unsigned long fromBytes) {
  return wholeBuffers(to, toBytes, from, fromBytes, SNAG_CALLER,
                      [=] { return real_compress(to, toBytes, from, fromBytes); });
}
SNAG_INTERCEPTOR int compress2(unsigned char* to, unsigned long* toBytes, const unsigned char* from,
                               unsigned long fromBytes, int level) {
  return wholeBuffers(to, toBytes, from, fromBytes, SNAG_CALLER,
                      [=] { return real_compress2(to, toBytes, from, fromBytes, level); });
}
SNAG_INTERCEPTOR int uncompress(unsigned char* to, unsigned long* toBytes, const unsigned char* from,
                                unsigned long fromBytes) {
  return wholeBuffers(to, toBytes, from, fromBytes, SNAG_CALLER,
                      [=] { return real_uncompress(to, toBytes, from, fromBytes); });
}
SNAG_INTERCEPTOR unsigned long crc32(unsigned long crc, const unsigned char* from, unsigned bytes) {
  if (from != nullptr) noteRead(from, bytes, SNAG_CALLER);
  return real_crc32(crc, from, bytes);
}
SNAG_INTERCEPTOR unsigned long adler32(unsigned long adler, const unsigned char* from, unsigned bytes) {
  if (from != nullptr) noteRead(from, bytes, SNAG_CALLER);
  return real_adler32(adler, from, bytes);
}
