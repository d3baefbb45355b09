// Small pieces of text that several files need.
#ifndef SNAG_MODEL_TEXT_FORMAT_H
#define SNAG_MODEL_TEXT_FORMAT_H

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace snag::model {

std::string hex(uint64_t value);                             // "0x7f12"
std::string inQuotes(std::string_view name);                 // "'m'"
std::string_view baseName(std::string_view path);            // "file.cpp"
std::string counted(uint64_t count, std::string_view noun);  // "1 byte", "4 bytes"

// With control characters spelled out ("\\x1b"): nothing that a program calls its threads or functions can forge a line
// of a report or steer a terminal. Bytes above 127 stay.
std::string printable(std::string_view text);

// "a, b and c".
std::string joined(const std::vector<std::string>& parts);

}  // namespace snag::model

#endif  // SNAG_MODEL_TEXT_FORMAT_H
