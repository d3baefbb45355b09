// The part that gcc compiles calls the part that snag-clang++ compiles from within OpenMP constructs.
#ifndef REGIONS_H
#define REGIONS_H
#ifdef __cplusplus
extern "C" {
#endif
void add(int* cell, int value);
int look(const int* cell);
int useEverything(int round);
void race(const char* name);
#ifdef __cplusplus
}
#endif
#endif
