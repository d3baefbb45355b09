// Random valid traces.
#ifndef SNAG_TESTS_MODEL_TRACE_GENERATOR_H
#define SNAG_TESTS_MODEL_TRACE_GENERATOR_H

#include <random>

#include "trace.h"

namespace snag::model {

struct GeneratorConfig {
  uint32_t minEvents = 10, maxEvents = 60;
  uint32_t liveThreads = 8;       // at one time
  uint32_t words = 6;             // of plain data
  bool mixedAtomicSizes = false;  // overlapping atomics of different sizes
  bool repeatsAtomics = false;    // many of them, on few places, most often without releasing anything
  bool crowds = false;            // most accesses read whole words, and most segments end without being heard of
  bool ranges = false;            // most accesses are of several words, and begin close to each other
  bool ignores = true;
  bool memoryReuse = true;
};

Trace randomTrace(const GeneratorConfig& config, std::mt19937_64& random);

}  // namespace snag::model

#endif  // SNAG_TESTS_MODEL_TRACE_GENERATOR_H
