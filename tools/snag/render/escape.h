// Text that came from a program or a file system, made harmless for one output format each.
#ifndef SNAG_RENDER_ESCAPE_H
#define SNAG_RENDER_ESCAPE_H

#include <string>
#include <string_view>

namespace snag::render {

// Valid UTF-8; bytes that are none become U+FFFD.
std::string utf8(std::string_view text);

// For element content and quoted attributes of XML and HTML. Characters that XML 1.0 forbids become U+FFFD.
std::string xmlText(std::string_view text);

// For the message and for a property of a workflow command of GitHub Actions.
std::string githubMessage(std::string_view text);
std::string githubProperty(std::string_view text);

// For a path inside a URI: all but letters, digits and "-._~/" is percent-encoded.
std::string uriPath(std::string_view path);

// At most `bytes` of it, cut between characters, with "..." at the end if something is missing.
std::string shortened(std::string_view text, size_t bytes);

}  // namespace snag::render

#endif  // SNAG_RENDER_ESCAPE_H
