// What the library of this test gives to programs.
#ifndef SNAG_TESTS_COUNTER_H
#define SNAG_TESTS_COUNTER_H

extern "C" {
void addToCounter(int amount);  // under the library's mutex, unless built with RACY
int* counterAddress();
}

#endif  // SNAG_TESTS_COUNTER_H
