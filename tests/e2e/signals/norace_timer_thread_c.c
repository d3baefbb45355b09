// Intent: timers that notify by thread and by signal come after whoever armed them.
// Expect: silent
// Primitive: timer_create SIGEV_THREAD, timer_create SIGEV_SIGNAL, setitimer, alarm
// Languages: C C++
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <sys/time.h>
#include <time.h>

static int message, viaThread, viaSignal, viaItimer;
static sem_t expired;

static void notify(union sigval value) {
  viaThread = message + value.sival_int;
  sem_post(&expired);
}

static void handleTimer(int signal) {
  (void)signal;
  viaSignal = message;
  sem_post(&expired);
}

static void handleAlarm(int signal) {
  (void)signal;
  viaItimer = message;
  sem_post(&expired);
}

static void waitForExpiry(void) {
  while (sem_wait(&expired) != 0) {}
}

static void* blockAndWait(void* unused) {
  waitForExpiry();
  return unused;
}

int main(void) {
  struct sigevent event = {.sigev_value = {.sival_int = 1}, .sigev_notify = SIGEV_THREAD};
  event.sigev_notify_function = notify;
  const struct itimerspec soon = {.it_value = {.tv_nsec = 1000000}};
  const struct itimerval alarmSoon = {.it_value = {.tv_usec = 1000}};
  timer_t byThread, bySignal;
  pthread_t other;
  sigset_t set;
  sem_init(&expired, 0, 0);

  timer_create(CLOCK_MONOTONIC, &event, &byThread);
  message = 1;
  timer_settime(byThread, 0, &soon, NULL);
  waitForExpiry();

  signal(SIGUSR1, handleTimer);
  signal(SIGALRM, handleAlarm);
  pthread_create(&other, NULL, blockAndWait, NULL);
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  sigaddset(&set, SIGALRM);
  pthread_sigmask(SIG_BLOCK, &set, NULL);  // the other thread takes them
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = SIGUSR1;
  timer_create(CLOCK_MONOTONIC, &event, &bySignal);
  message = 2;
  timer_settime(bySignal, 0, &soon, NULL);
  pthread_join(other, NULL);

  pthread_create(&other, NULL, blockAndWait, NULL);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
  message = 3;
  setitimer(ITIMER_REAL, &alarmSoon, NULL);
  pthread_join(other, NULL);
  printf("%d %d %d\n", viaThread, viaSignal, viaItimer);
  timer_delete(byThread);
  timer_delete(bySignal);
  return 0;
}
