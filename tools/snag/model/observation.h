// Whether a run that found nothing had anything to find: a green result that watched nothing must not look green.
#ifndef SNAG_MODEL_OBSERVATION_H
#define SNAG_MODEL_OBSERVATION_H

#include "model/session.h"

#include <string>
#include <vector>

namespace snag::model {

// Why nothing was observed, as a sentence that says what to do; empty if at least one process was really watched.
std::string nothingObserved(const std::vector<StreamFacts>& streams);

// "3 threads, 1200 checked accesses, 2 instrumented modules" of all processes together.
std::string observedText(const std::vector<StreamFacts>& streams);

}  // namespace snag::model

#endif  // SNAG_MODEL_OBSERVATION_H
