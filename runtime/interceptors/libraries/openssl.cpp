// OpenSSL: its locks are POSIX read-write locks, and seen there. Its atomic additions are not, nor are its reads and
// writes of the caller's buffers, nor its reference counts: who frees an object last runs the program's functions for
// its end (of extra data, of a BIO of the program's own), after all that the other owners did.
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
void SSL_CTX_free(void* context);
void SSL_free(void* connection);
void SSL_SESSION_free(void* session);
void X509_free(void* certificate);
void X509_CRL_free(void* list);
void X509_STORE_free(void* store);
void EVP_PKEY_free(void* key);
void EVP_MD_free(void* algorithm);
void EVP_CIPHER_free(void* algorithm);
void RSA_free(void* key);
void DSA_free(void* key);
void DH_free(void* key);
void EC_KEY_free(void* key);
int BIO_free(void* channel);
void BIO_vfree(void* channel);
void BIO_free_all(void* channel);
void* BIO_next(void* channel);
void* SSL_get_SSL_CTX(const void* connection);
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

SNAG_REAL(SSL_CTX_free);
SNAG_REAL(SSL_free);
SNAG_REAL(SSL_SESSION_free);
SNAG_REAL(X509_free);
SNAG_REAL(X509_CRL_free);
SNAG_REAL(X509_STORE_free);
SNAG_REAL(EVP_PKEY_free);
SNAG_REAL(EVP_MD_free);
SNAG_REAL(EVP_CIPHER_free);
SNAG_REAL(RSA_free);
SNAG_REAL(DSA_free);
SNAG_REAL(DH_free);
SNAG_REAL(EC_KEY_free);
SNAG_REAL(BIO_free);
SNAG_REAL(BIO_vfree);
SNAG_REAL(BIO_free_all);
SNAG_REAL(BIO_next);
SNAG_REAL(SSL_get_SSL_CTX);

size_t positive(int bytes) { return bytes > 0 ? static_cast<size_t>(bytes) : 0; }

// Where an object keeps its count differs from version to version.
template <typename Free>
void freeCounted(void* object, Free&& realFree) {
  if (object == nullptr || !runtimeIsActive()) return realFree(object);
  dropReference(object, nullptr, [&] { realFree(object); });
}

// The end of an object drops references to others.
void noteDropped(const void* object) {
  noteRelease(object);
  noteAcquire(object);
}

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

// --- reference counts -----------------------------------------------------------------------------------

#define SNAG_OPENSSL_FREE(name) \
  SNAG_INTERCEPTOR void name(void* object) { freeCounted(object, real_##name); }
SNAG_OPENSSL_FREE(SSL_CTX_free)
SNAG_OPENSSL_FREE(SSL_SESSION_free)
SNAG_OPENSSL_FREE(X509_free)
SNAG_OPENSSL_FREE(X509_CRL_free)
SNAG_OPENSSL_FREE(X509_STORE_free)
SNAG_OPENSSL_FREE(EVP_PKEY_free)
SNAG_OPENSSL_FREE(EVP_MD_free)
SNAG_OPENSSL_FREE(EVP_CIPHER_free)
SNAG_OPENSSL_FREE(RSA_free)
SNAG_OPENSSL_FREE(DSA_free)
SNAG_OPENSSL_FREE(DH_free)
SNAG_OPENSSL_FREE(EC_KEY_free)
SNAG_OPENSSL_FREE(BIO_vfree)

SNAG_INTERCEPTOR void SSL_free(void* connection) {
  if (connection != nullptr && runtimeIsActive()) noteDropped(real_SSL_get_SSL_CTX(connection));
  freeCounted(connection, real_SSL_free);
}
SNAG_INTERCEPTOR int BIO_free(void* channel) {
  int worked = 0;
  freeCounted(channel, [&worked](void* object) { worked = real_BIO_free(object); });
  return worked;
}
// Drops a reference to each of a chain until it meets one that others hold too.
SNAG_INTERCEPTOR void BIO_free_all(void* channel) {
  if (runtimeIsActive() && channel != nullptr)
    for (void* next = real_BIO_next(channel); next != nullptr; next = real_BIO_next(next)) noteDropped(next);
  freeCounted(channel, real_BIO_free_all);
}
