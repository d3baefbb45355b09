// Intent: a buffer is read after the request was waited for, and by the thread that is told of its end.
// Expect: silent
// Primitive: aio
// Languages: C C++
#include <aio.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char buffer[16];
static int file;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int told;

static void atEnd(union sigval value) {
  struct aiocb* request = (struct aiocb*)value.sival_ptr;
  pthread_mutex_lock(&mutex);
  if (aio_error(request) == 0 && aio_return(request) == sizeof buffer) told += buffer[0];
  pthread_mutex_unlock(&mutex);
}

static void begin(struct aiocb* request) {
  memset(request, 0, sizeof *request);
  request->aio_fildes = file;
  request->aio_buf = buffer;
  request->aio_nbytes = sizeof buffer;
}

static void* use(void* unused) {
  struct aiocb request;
  begin(&request);
  const struct aiocb* list[] = {&request};
  pthread_mutex_lock(&mutex);
  aio_read(&request);
  while (aio_error(&request) == EINPROGRESS) aio_suspend(list, 1, NULL);
  if (aio_return(&request) != sizeof buffer) exit(1);
  buffer[0] += 1;
  pthread_mutex_unlock(&mutex);
  return unused;
}

int main(void) {
  char name[] = "/tmp/aioXXXXXX";
  file = mkstemp(name);
  unlink(name);
  if (write(file, "fifteen letters", 16) != 16) exit(1);
  pthread_t one, two;
  pthread_create(&one, NULL, use, NULL);
  pthread_create(&two, NULL, use, NULL);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  struct aiocb request;
  begin(&request);
  request.aio_sigevent.sigev_notify = SIGEV_THREAD;
  request.aio_sigevent.sigev_notify_function = atEnd;
  request.aio_sigevent.sigev_value.sival_ptr = &request;
  aio_read(&request);
  for (int done = 0; !done;) {
    pthread_mutex_lock(&mutex);
    done = told != 0;
    pthread_mutex_unlock(&mutex);
    usleep(1000);
  }
  printf("%c\n", told);
}
