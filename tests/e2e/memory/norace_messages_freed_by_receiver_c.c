// Intent: one thread allocates and writes messages; another takes them from a queue under its mutex and frees them.
// Expect: silent
// Primitive: heap-use-after-free race
// Languages: C C++
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { kSenders = 2, kReceivers = 2, kMessages = 200 };

struct Message {
  struct Message* next;
  size_t length;
  unsigned char text[];
};

static struct Message* queue = NULL;
static int left = kSenders * kMessages;
static pthread_mutex_t queueMutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t isFilled = PTHREAD_COND_INITIALIZER;

static void* sendAll(void* letter) {
  for (int i = 0; i < kMessages; ++i) {
    const size_t length = 8 + (size_t)(i % 5) * 16;
    struct Message* message = (struct Message*)malloc(sizeof *message + 4);
    message = (struct Message*)realloc(message, sizeof *message + length);
    message->length = length;
    memset(message->text, *(char*)letter, length);
    pthread_mutex_lock(&queueMutex);
    message->next = queue;
    queue = message;
    pthread_cond_signal(&isFilled);
    pthread_mutex_unlock(&queueMutex);
  }
  return NULL;
}

static struct Message* take(void) {
  struct Message* message = NULL;
  pthread_mutex_lock(&queueMutex);
  while (queue == NULL && left > 0) pthread_cond_wait(&isFilled, &queueMutex);
  if (left > 0) {
    message = queue;
    queue = message->next;
    left -= 1;
  }
  if (left == 0) pthread_cond_broadcast(&isFilled);
  pthread_mutex_unlock(&queueMutex);
  return message;
}

static void* receiveAll(void* sum) {
  for (struct Message* message = take(); message != NULL; message = take()) {
    for (size_t i = 0; i < message->length; ++i) *(long*)sum += message->text[i];
    free(message);
  }
  return NULL;
}

int main(void) {
  pthread_t senders[kSenders], receivers[kReceivers];
  char letters[kSenders] = {'a', 'b'};
  long sums[kReceivers] = {0, 0}, total = 0;
  for (int i = 0; i < kReceivers; ++i) pthread_create(&receivers[i], NULL, receiveAll, &sums[i]);
  for (int i = 0; i < kSenders; ++i) pthread_create(&senders[i], NULL, sendAll, &letters[i]);
  for (int i = 0; i < kSenders; ++i) pthread_join(senders[i], NULL);
  for (int i = 0; i < kReceivers; ++i) pthread_join(receivers[i], NULL), total += sums[i];
  printf("%ld\n", total);
  return 0;
}
