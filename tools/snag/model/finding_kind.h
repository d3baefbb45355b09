// What is known of each kind of finding by its number alone.
#ifndef SNAG_MODEL_FINDING_KIND_H
#define SNAG_MODEL_FINDING_KIND_H

#include "snag/record.h"

#include <string>
#include <string_view>
#include <vector>

namespace snag::model {

// "lost update", "data race", ...: the words of the header and of the summary line.
std::string kindName(record::FindingKind kind);

// "lost-update": the name that machines keep, in SARIF's ruleId, in JSON and in filters. Never changes.
std::string kindId(record::FindingKind kind);

// Every kind that this version knows, in the order of their numbers.
std::vector<record::FindingKind> allKinds();

// The type of suppression rule that silences it: race, mutex, deadlock, thread or signal.
std::string_view ruleType(record::FindingKind kind);

// Which of its places was caught is chance: the story has no first step.
bool isSymmetric(record::FindingKind kind);

}  // namespace snag::model

#endif  // SNAG_MODEL_FINDING_KIND_H
