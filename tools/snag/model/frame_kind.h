// Which frames of a stack tell the story and which are only machinery.
#ifndef SNAG_MODEL_FRAME_KIND_H
#define SNAG_MODEL_FRAME_KIND_H

#include "model/symbolizer.h"

#include <cstdint>
#include <string>

namespace snag::model {

enum class FrameKind : uint8_t {
  User,
  Library,      // the C++ standard library
  ThreadStart,  // what lies between clone() and the thread's function, or before main
  Runtime,      // Snag's own runtime, and library calls that it intercepts
};

// `module` is the path of the file that holds the code.
FrameKind classifyFrame(const SourcePlace& place, const std::string& module);

}  // namespace snag::model

#endif  // SNAG_MODEL_FRAME_KIND_H
