// The two drawings of the HTML report, as SVG elements.
#ifndef SNAG_RENDER_DRAWING_H
#define SNAG_RENDER_DRAWING_H

#include "render/story.h"

#include <string>

namespace snag::render {

// One line a thread, time from left to right: locks as bars around the accesses or steps that hold them, and a dashed
// line where nothing orders the two. Earlier moments are further left.
std::string timelineSvg(const model::ResolvedFinding& finding, const Story& story);

// The object's bytes with those that race marked; empty if its extent is not known.
std::string layoutSvg(const model::ResolvedFinding& finding);

}  // namespace snag::render

#endif  // SNAG_RENDER_DRAWING_H
