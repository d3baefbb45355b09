#include "render/escape.h"

#include <llvm/Support/JSON.h>

#include <cctype>
#include <cstdio>

namespace snag::render {

namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

// The two code points that are UTF-8 but no XML: U+FFFE and U+FFFF.
bool isNoCharacter(std::string_view rest) {
  return rest.starts_with("\xef\xbf\xbe") || rest.starts_with("\xef\xbf\xbf");
}

std::string xmlCharacter(char c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    case '\n':
    case '\t': return std::string(1, c);
    default: break;
  }
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f ? std::string(kReplacement) : std::string(1, c);
}

std::string percentEncoded(char c) {
  char text[4];
  std::snprintf(text, sizeof text, "%%%02X", static_cast<unsigned char>(c));
  return text;
}

std::string percentEncodedIf(std::string_view text, std::string_view dangerous) {
  std::string out;
  for (char c : text) out += dangerous.find(c) == std::string_view::npos ? std::string(1, c) : percentEncoded(c);
  return out;
}

}  // namespace

std::string utf8(std::string_view text) {
  const llvm::StringRef given(text.data(), text.size());
  return llvm::json::isUTF8(given) ? std::string(text) : llvm::json::fixUTF8(given);
}

std::string xmlText(std::string_view text) {
  const std::string clean = utf8(text);
  std::string out;
  for (size_t i = 0; i < clean.size(); ++i) {
    if (isNoCharacter(std::string_view(clean).substr(i))) {
      out += kReplacement;
      i += 2;
      continue;
    }
    out += xmlCharacter(clean[i]);
  }
  return out;
}

std::string githubMessage(std::string_view text) { return percentEncodedIf(utf8(text), "%\r\n"); }

std::string githubProperty(std::string_view text) { return percentEncodedIf(utf8(text), "%\r\n:,"); }

std::string uriPath(std::string_view path) {
  std::string out;
  for (char c : path) {
    const bool plain =
        std::isalnum(static_cast<unsigned char>(c)) != 0 || std::string_view("-._~/").find(c) != std::string_view::npos;
    out += plain ? std::string(1, c) : percentEncoded(c);
  }
  return out;
}

std::string shortened(std::string_view text, size_t bytes) {
  if (text.size() <= bytes) return std::string(text);
  size_t end = bytes < 3 ? 0 : bytes - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "...";
}

}  // namespace snag::render
