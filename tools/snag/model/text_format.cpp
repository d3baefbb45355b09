#include "model/text_format.h"

#include <cstdio>

namespace snag::model {

std::string hex(uint64_t value) {
  char text[24];
  std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(value));
  return text;
}

std::string quoted(std::string_view name) { return "'" + std::string(name) + "'"; }

std::string_view baseName(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string counted(uint64_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

}  // namespace snag::model
