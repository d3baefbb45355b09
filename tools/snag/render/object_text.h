// What the memory is that two threads met on, in words.
#ifndef SNAG_RENDER_OBJECT_TEXT_H
#define SNAG_RENDER_OBJECT_TEXT_H

#include "model/resolved_finding.h"

#include <string>

namespace snag::render {

struct Extent {
  uint64_t offset = 0;  // of the racing bytes in the object
  uint64_t size = 0;    // of the object, 0 if unknown
};
Extent extentOf(const model::ResolvedFinding& finding);

// For the header: "global 'stats'", "heap block of 400 bytes allocated at file.cpp:12:9".
std::string shortObject(const model::ResolvedFinding& finding);

// For the Object line: size, place and which bytes of it are meant.
std::string longObject(const model::ResolvedFinding& finding);

}  // namespace snag::render

#endif  // SNAG_RENDER_OBJECT_TEXT_H
