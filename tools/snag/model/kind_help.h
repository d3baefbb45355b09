// What each kind of finding is and what to do about it, for people who meet it for the first time. All of it comes from
// the kind's page in docs/findings/, which the build puts into the tool: there is no second text that could differ.
#ifndef SNAG_MODEL_KIND_HELP_H
#define SNAG_MODEL_KIND_HELP_H

#include "snag/record.h"

#include <string>
#include <string_view>

namespace snag::model {

// The first paragraphs of the page and of two of its sections, as plain text; empty for a kind without a page.
struct KindHelp {
  std::string summary;  // what it is
  std::string reason;   // why it is a bug, even if the program seems to work
  std::string cure;     // what usually makes it right
};

KindHelp kindHelp(record::FindingKind kind);

// The whole page in Markdown; empty for a kind that this version does not know.
std::string_view kindPage(record::FindingKind kind);

}  // namespace snag::model

#endif  // SNAG_MODEL_KIND_HELP_H
