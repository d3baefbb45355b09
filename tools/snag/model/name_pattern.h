// The patterns of suppression files.
#ifndef SNAG_MODEL_NAME_PATTERN_H
#define SNAG_MODEL_NAME_PATTERN_H

#include <string_view>

namespace snag::model {

// Whether `pattern` occurs in `text`. '*' stands for any characters, '^' in front for the beginning of the text and '$'
// behind for its end; without them the pattern may occur anywhere.
bool matchesPattern(std::string_view pattern, std::string_view text);

}  // namespace snag::model

#endif  // SNAG_MODEL_NAME_PATTERN_H
