// Small pieces of text that several files need.
#ifndef SNAG_MODEL_TEXT_FORMAT_H
#define SNAG_MODEL_TEXT_FORMAT_H

#include <cstdint>
#include <string>
#include <string_view>

namespace snag::model {

std::string hex(uint64_t value);                             // "0x7f12"
std::string quoted(std::string_view name);                   // "'m'"
std::string_view baseName(std::string_view path);            // "file.cpp"
std::string counted(uint64_t count, std::string_view noun);  // "1 byte", "4 bytes"

}  // namespace snag::model

#endif  // SNAG_MODEL_TEXT_FORMAT_H
