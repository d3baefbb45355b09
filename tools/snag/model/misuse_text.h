// The misuse of a primitive in plain words.
#ifndef SNAG_MODEL_MISUSE_TEXT_H
#define SNAG_MODEL_MISUSE_TEXT_H

#include "model/resolved_finding.h"

#include <string>

namespace snag::model {

// What goes wrong, in one or two sentences.
std::string misuseSentence(const ResolvedFinding& finding);

// "Thread T1 took 'b' earlier while it held 'a'": heads the step's stack.
std::string stepText(const ResolvedFinding& finding, size_t step);

// What would make it right.
std::string misuseAdvice(const ResolvedFinding& finding);

}  // namespace snag::model

#endif  // SNAG_MODEL_MISUSE_TEXT_H
