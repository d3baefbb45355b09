// What each kind of finding is and what to do about it, for people who meet it for the first time.
#ifndef SNAG_MODEL_KIND_HELP_H
#define SNAG_MODEL_KIND_HELP_H

#include "snag/record.h"

#include <string>

namespace snag::model {

struct KindHelp {
  std::string summary;  // one sentence: what it is
  std::string reason;   // why it is a bug, even if the program seems to work
  std::string cure;     // what usually makes it right
};

KindHelp kindHelp(record::FindingKind kind);

}  // namespace snag::model

#endif  // SNAG_MODEL_KIND_HELP_H
