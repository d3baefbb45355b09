#include "model/source_text.h"

#include <cctype>
#include <filesystem>
#include <fstream>

namespace snag::model {

const std::vector<std::string>& SourceText::linesOf(const std::string& file) {
  auto [entry, isNew] = files_.try_emplace(file);
  if (!isNew) return entry->second;
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) return entry->second;  // records may name a device
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (line.ends_with('\r')) line.pop_back();
    entry->second.push_back(std::move(line));
  }
  return entry->second;
}

std::optional<std::string> SourceText::line(const std::string& file, uint32_t number) {
  if (file.empty() || number == 0) return std::nullopt;
  const auto& lines = linesOf(file);
  if (number > lines.size()) return std::nullopt;
  return lines[number - 1];
}

namespace {

bool isBlank(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

bool isWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Where a // comment begins, quotes respected; the length of the line if there is none.
size_t commentStart(std::string_view line) {
  char quote = 0;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\')
      ++i;
    else if (quote != 0)
      quote = line[i] == quote ? 0 : quote;
    else if (line[i] == '"' || line[i] == '\'')
      quote = line[i];
    else if (line.substr(i, 2) == "//")
      return i;
  }
  return line.size();
}

}  // namespace

std::string normaliseSource(std::string_view line) {
  std::string text;
  bool blank = false;
  for (char c : line.substr(0, commentStart(line))) {
    if (isBlank(c)) {
      blank = true;
      continue;
    }
    // A blank counts only where it keeps two words apart.
    if (blank && !text.empty() && isWord(text.back()) && isWord(c)) text += ' ';
    blank = false;
    text += c;
  }
  return text;
}

}  // namespace snag::model
