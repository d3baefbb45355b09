// What a finding means, in plain words: its kind, what happened, and who did it.
#ifndef SNAG_MODEL_SENTENCE_H
#define SNAG_MODEL_SENTENCE_H

#include "model/finding_kind.h"
#include "model/resolved_finding.h"

#include <string>

namespace snag::model {

// "'Stats::hits'", "4 bytes at 0x7f…" for memory or "the lock at 0x7f…" for a lock without a name.
std::string subjectText(const ResolvedFinding& finding);

// "the main thread" or "thread T2".
std::string threadText(uint32_t number);
std::string capitalised(std::string text);

// "reads and writes 4 bytes (read-modify-write)".
std::string accessText(const Access& access);

// One or two sentences: what goes wrong here, with the value before where it is known.
std::string plainSentence(const ResolvedFinding& finding);

}  // namespace snag::model

#endif  // SNAG_MODEL_SENTENCE_H
