// Intent: a function that holds a non-recursive mutex calls another that locks it again: the thread waits for itself.
// Expect: self-deadlock on 'accountMutex' at SECOND, FIRST
// Primitive: self-deadlock
// Reference: silent
// Exit: 3
#include <pthread.h>
#include <unistd.h>

#include "invisible.h"

pthread_mutex_t accountMutex = PTHREAD_MUTEX_INITIALIZER;
int balance = 0;

void withdraw(int amount) {
  pthread_mutex_lock(&accountMutex);  // RACE-SECOND
  balance -= amount;
  pthread_mutex_unlock(&accountMutex);
}

void* transfer(void* unused) {
  pthread_mutex_lock(&accountMutex);  // RACE-FIRST
  withdraw(10);
  pthread_mutex_unlock(&accountMutex);
  return unused;
}

int main() {
  pthread_t stuck;
  pthread_create(&stuck, nullptr, transfer, nullptr);
  invisibleSleep(50);
  _exit(3);  // the other thread never ends
}
