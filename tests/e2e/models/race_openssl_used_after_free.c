// Intent: an owner of OpenSSL objects goes on using what the program hung on them, after it has freed its reference.
// Primitive: OpenSSL reference counts
// Languages: C C++
// Packages: openssl
// Expect: lost update|data race on 'value|heap block' at USE, END-CONTEXT
// Expect: lost update|data race on 'value|heap block' at USE, END-CHANNEL
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "invisible.h"

enum { kContext, kCertificate, kKey, kChannel, kKinds };
static int* values[kKinds];
static SSL_CTX* context;
static SSL* connection;
static X509* certificate;
static EVP_PKEY* key;
static BIO* channel;
static InvisibleTurns turns;
static int sum;

static void endOfData(void* parent, void* data, CRYPTO_EX_DATA* all, int index, long number, void* pointer) {
  int* value = (int*)data;
  if (value != NULL) sum += *value;  // RACE-END-CONTEXT
  (void)parent, (void)all, (void)index, (void)number, (void)pointer;
}

static int endOfChannel(BIO* bio) {
  int* value = (int*)BIO_get_data(bio);
  sum += *value;  // RACE-END-CHANNEL
  return 1;
}

#ifndef IS_OVER
static void useAfterFree(void) {
  for (int i = 0; i < kKinds; ++i) *values[i] += i;  // RACE-USE
}
#else
static void useAfterFree(void) {}
#endif

static void* useAndFree(void* unused) {
  for (int i = 0; i < kKinds; ++i) *values[i] += i;
  SSL_CTX_free(context);
  X509_free(certificate);
  EVP_PKEY_free(key);
  BIO_free(channel);
  useAfterFree();
  invisiblePass(&turns);
  return unused;
}

int main(void) {
  BIO_METHOD* method = BIO_meth_new(BIO_get_new_index(), "owners");
  BIO_meth_set_destroy(method, endOfChannel);
  for (int i = 0; i < kKinds; ++i) values[i] = (int*)calloc(1, sizeof(int));
  context = SSL_CTX_new(TLS_method());
  certificate = X509_new();
  key = EVP_PKEY_new();
  channel = BIO_new(method);
  SSL_CTX_set_ex_data(context, CRYPTO_get_ex_new_index(CRYPTO_EX_INDEX_SSL_CTX, 0, NULL, NULL, NULL, endOfData),
                      values[kContext]);
  X509_set_ex_data(certificate, CRYPTO_get_ex_new_index(CRYPTO_EX_INDEX_X509, 0, NULL, NULL, NULL, endOfData),
                   values[kCertificate]);
  EVP_PKEY_set_ex_data(key, CRYPTO_get_ex_new_index(CRYPTO_EX_INDEX_EVP_PKEY, 0, NULL, NULL, NULL, endOfData),
                       values[kKey]);
  BIO_set_data(channel, values[kChannel]);
  SSL_CTX_up_ref(context);
  X509_up_ref(certificate);
  EVP_PKEY_up_ref(key);
  BIO_up_ref(channel);
  connection = SSL_new(context);
  SSL_CTX_free(context);  // the connection has a reference of its own

  pthread_t thread;
  pthread_create(&thread, NULL, useAndFree, NULL);
  invisibleAwait(&turns, 1);
  SSL_free(connection);
  X509_free(certificate);
  EVP_PKEY_free(key);
  BIO_free(channel);
  pthread_join(thread, NULL);
  BIO_meth_free(method);
  for (int i = 0; i < kKinds; ++i) free(values[i]);
  printf("%d\n", sum);
  return 0;
}
