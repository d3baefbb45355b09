// Intent: who frees an object of OpenSSL last, ends what the program hung on it, after the other owner's use.
// Primitive: OpenSSL reference counts
// Languages: C C++
// Packages: openssl
// Expect: silent
#define IS_OVER
#include "race_openssl_used_after_free.c"
