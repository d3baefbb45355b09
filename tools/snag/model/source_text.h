// Lines of source files, read once and kept. Missing files are an ordinary answer.
#ifndef SNAG_MODEL_SOURCE_TEXT_H
#define SNAG_MODEL_SOURCE_TEXT_H

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace snag::model {

class SourceText {
 public:
  virtual ~SourceText() = default;
  // The line's text without its end, or nothing if the file or the line does not exist.
  virtual std::optional<std::string> line(const std::string& file, uint32_t number);

 private:
  const std::vector<std::string>& linesOf(const std::string& file);

  std::map<std::string, std::vector<std::string>> files_;
};

// The text with comments and superfluous blanks removed: what stays equal when code is re-indented.
std::string normaliseSource(std::string_view line);

}  // namespace snag::model

#endif  // SNAG_MODEL_SOURCE_TEXT_H
