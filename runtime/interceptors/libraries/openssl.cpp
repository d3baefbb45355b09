// OpenSSL: its locks are POSIX read-write locks, and seen there. Its atomic additions are not, nor are its reads and
// writes of the caller's buffers.
#include "interceptors/libraries/library_model.h"

using namespace snag;
using namespace snag::library;

extern "C" {
int CRYPTO_atomic_add(int* value, int amount, int* result, void* lock);
int EVP_DigestUpdate(void* context, const void* data, size_t bytes);
int EVP_DigestFinal_ex(void* context, unsigned char* digest, unsigned* bytes);
int EVP_EncryptUpdate(void* context, unsigned char* to, int* toBytes, const unsigned char* from, int fromBytes);
int EVP_DecryptUpdate(void* context, unsigned char* to, int* toBytes, const unsigned char* from, int fromBytes);
int SSL_read(void* connection, void* buffer, int bytes);
int SSL_write(void* connection, const void* buffer, int bytes);
int BIO_read(void* channel, void* buffer, int bytes);
int BIO_write(void* channel, const void* buffer, int bytes);
int RAND_bytes(unsigned char* buffer, int bytes);
int EVP_EncryptFinal_ex(void* context, unsigned char* to, int* toBytes);
int EVP_DecryptFinal_ex(void* context, unsigned char* to, int* toBytes);
int SSL_read_ex(void* connection, void* buffer, size_t bytes, size_t* got);
int SSL_peek_ex(void* connection, void* buffer, size_t bytes, size_t* got);
int SSL_write_ex(void* connection, const void* buffer, size_t bytes, size_t* written);
int BIO_read_ex(void* channel, void* buffer, size_t bytes, size_t* got);
int BIO_write_ex(void* channel, const void* buffer, size_t bytes, size_t* written);
}

namespace {

SNAG_REAL(CRYPTO_atomic_add);
SNAG_REAL(EVP_DigestUpdate);
SNAG_REAL(EVP_DigestFinal_ex);
SNAG_REAL(EVP_EncryptUpdate);
SNAG_REAL(EVP_DecryptUpdate);
SNAG_REAL(SSL_read);
SNAG_REAL(SSL_write);
SNAG_REAL(BIO_read);
SNAG_REAL(BIO_write);
SNAG_REAL(RAND_bytes);
SNAG_REAL(EVP_EncryptFinal_ex);
SNAG_REAL(EVP_DecryptFinal_ex);
SNAG_REAL(SSL_read_ex);
SNAG_REAL(SSL_peek_ex);
SNAG_REAL(SSL_write_ex);
SNAG_REAL(BIO_read_ex);
SNAG_REAL(BIO_write_ex);

size_t positive(int bytes) { return bytes > 0 ? static_cast<size_t>(bytes) : 0; }

}  // namespace

SNAG_INTERCEPTOR int CRYPTO_atomic_add(int* value, int amount, int* result, void* lock) {
  noteAtomic(value, sizeof *value, AtomicOperation::Rmw, MemoryOrder::AcqRel, SNAG_CALLER);
  const int worked = real_CRYPTO_atomic_add(value, amount, result, lock);
  noteAtomic(value, sizeof *value, AtomicOperation::Load, MemoryOrder::Acquire, SNAG_CALLER);
  return worked;
}

SNAG_INTERCEPTOR int EVP_DigestUpdate(void* context, const void* data, size_t bytes) {
  noteRead(data, bytes, SNAG_CALLER);
  return real_EVP_DigestUpdate(context, data, bytes);
}
SNAG_INTERCEPTOR int EVP_DigestFinal_ex(void* context, unsigned char* digest, unsigned* bytes) {
  unsigned written = 0;
  const int worked = real_EVP_DigestFinal_ex(context, digest, &written);
  if (bytes != nullptr) *bytes = written;
  if (worked == 1) noteWrite(digest, written, SNAG_CALLER);
  return worked;
}
SNAG_INTERCEPTOR int EVP_EncryptUpdate(void* context, unsigned char* to, int* toBytes, const unsigned char* from,
                                       int fromBytes) {
  noteRead(from, positive(fromBytes), SNAG_CALLER);
  const int worked = real_EVP_EncryptUpdate(context, to, toBytes, from, fromBytes);
  if (worked == 1 && to != nullptr) noteWrite(to, positive(*toBytes), SNAG_CALLER);
  return worked;
}
SNAG_INTERCEPTOR int EVP_DecryptUpdate(void* context, unsigned char* to, int* toBytes, const unsigned char* from,
                                       int fromBytes) {
  noteRead(from, positive(fromBytes), SNAG_CALLER);
  const int worked = real_EVP_DecryptUpdate(context, to, toBytes, from, fromBytes);
  if (worked == 1 && to != nullptr) noteWrite(to, positive(*toBytes), SNAG_CALLER);
  return worked;
}

SNAG_INTERCEPTOR int SSL_read(void* connection, void* buffer, int bytes) {
  const int got = real_SSL_read(connection, buffer, bytes);
  noteWrite(buffer, positive(got), SNAG_CALLER);
  return got;
}
SNAG_INTERCEPTOR int SSL_write(void* connection, const void* buffer, int bytes) {
  noteRead(buffer, positive(bytes), SNAG_CALLER);
  return real_SSL_write(connection, buffer, bytes);
}
SNAG_INTERCEPTOR int BIO_read(void* channel, void* buffer, int bytes) {
  const int got = real_BIO_read(channel, buffer, bytes);
  noteWrite(buffer, positive(got), SNAG_CALLER);
  return got;
}
SNAG_INTERCEPTOR int BIO_write(void* channel, const void* buffer, int bytes) {
  noteRead(buffer, positive(bytes), SNAG_CALLER);
  return real_BIO_write(channel, buffer, bytes);
}
SNAG_INTERCEPTOR int RAND_bytes(unsigned char* buffer, int bytes) {
  const int worked = real_RAND_bytes(buffer, bytes);
  if (worked == 1) noteWrite(buffer, positive(bytes), SNAG_CALLER);
  return worked;
}
SNAG_INTERCEPTOR int EVP_EncryptFinal_ex(void* context, unsigned char* to, int* toBytes) {
  const int worked = real_EVP_EncryptFinal_ex(context, to, toBytes);
  if (worked == 1) noteWrite(to, positive(*toBytes), SNAG_CALLER);
  return worked;
}
SNAG_INTERCEPTOR int EVP_DecryptFinal_ex(void* context, unsigned char* to, int* toBytes) {
  const int worked = real_EVP_DecryptFinal_ex(context, to, toBytes);
  if (worked == 1) noteWrite(to, positive(*toBytes), SNAG_CALLER);
  return worked;
}
SNAG_INTERCEPTOR int SSL_read_ex(void* connection, void* buffer, size_t bytes, size_t* got) {
  const int worked = real_SSL_read_ex(connection, buffer, bytes, got);
  if (worked == 1 && got != nullptr) noteWrite(buffer, *got, SNAG_CALLER);
  return worked;
}
SNAG_INTERCEPTOR int SSL_peek_ex(void* connection, void* buffer, size_t bytes, size_t* got) {
  const int worked = real_SSL_peek_ex(connection, buffer, bytes, got);
  if (worked == 1 && got != nullptr) noteWrite(buffer, *got, SNAG_CALLER);
  return worked;
}
SNAG_INTERCEPTOR int BIO_read_ex(void* channel, void* buffer, size_t bytes, size_t* got) {
  const int worked = real_BIO_read_ex(channel, buffer, bytes, got);
  if (worked == 1 && got != nullptr) noteWrite(buffer, *got, SNAG_CALLER);
  return worked;
}
SNAG_INTERCEPTOR int SSL_write_ex(void* connection, const void* buffer, size_t bytes, size_t* written) {
  noteRead(buffer, bytes, SNAG_CALLER);
  return real_SSL_write_ex(connection, buffer, bytes, written);
}
SNAG_INTERCEPTOR int BIO_write_ex(void* channel, const void* buffer, size_t bytes, size_t* written) {
  noteRead(buffer, bytes, SNAG_CALLER);
  return real_BIO_write_ex(channel, buffer, bytes, written);
}
