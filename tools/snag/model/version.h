// The version of this tool, as CMake's project() gives it.
#ifndef SNAG_MODEL_VERSION_H
#define SNAG_MODEL_VERSION_H

namespace snag::model {

#ifdef SNAG_VERSION
inline constexpr const char* kSnagVersion = SNAG_VERSION;
#else
inline constexpr const char* kSnagVersion = "0.0.0";
#endif

}  // namespace snag::model

#endif  // SNAG_MODEL_VERSION_H
