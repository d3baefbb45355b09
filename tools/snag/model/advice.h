// What to do about a finding: the likely fix, and the rule that silences it.
#ifndef SNAG_MODEL_ADVICE_H
#define SNAG_MODEL_ADVICE_H

#include "model/resolved_finding.h"

#include <string>

namespace snag::model {

std::string fixAdvice(const ResolvedFinding& finding);

// "race:increment", a rule of ThreadSanitizer's suppression files; empty if no function is known.
std::string suppressionRule(const ResolvedFinding& finding);

// "file.cpp:9:11", or "app+0x1234" without debug info.
std::string shortPlace(const ResolvedFrame& frame);

// "'m'" of "taken at": "lock 'm'" or "the lock at 0x…".
std::string lockText(const ResolvedLock& lock);

}  // namespace snag::model

#endif  // SNAG_MODEL_ADVICE_H
