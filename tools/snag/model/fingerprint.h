// A name for a bug that survives rebuilds, other machines and unrelated edits: a hash of kind, object and the two
// sites (function and normalised source line). Line numbers, addresses, thread numbers and order do not enter.
#ifndef SNAG_MODEL_FINGERPRINT_H
#define SNAG_MODEL_FINGERPRINT_H

#include "model/resolved_finding.h"
#include "model/source_text.h"

#include <string>

namespace snag::model {

// 16 hexadecimal digits.
std::string fingerprint(const ResolvedFinding& finding, SourceText& source);

}  // namespace snag::model

#endif  // SNAG_MODEL_FINGERPRINT_H
