// What the memory is that two threads met on, in words.
#ifndef SNAG_RENDER_OBJECT_TEXT_H
#define SNAG_RENDER_OBJECT_TEXT_H

#include "model/resolved_finding.h"

#include <string>

namespace snag::render {

// For the header: "global 'stats'", "heap block of 400 bytes allocated at file.cpp:12:9".
std::string shortObject(const model::ResolvedFinding& finding);

// For the Object line: size, place and which bytes of it are meant.
std::string longObject(const model::ResolvedFinding& finding);

}  // namespace snag::render

#endif  // SNAG_RENDER_OBJECT_TEXT_H
