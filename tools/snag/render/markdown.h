// The pages of docs/findings as HTML.
#ifndef SNAG_RENDER_MARKDOWN_H
#define SNAG_RENDER_MARKDOWN_H

#include <string>
#include <string_view>

namespace snag::render {

// Knows what those pages use: headings, paragraphs, lists, code in lines and in blocks. Headings become <h3> and <h4>.
std::string markdownHtml(std::string_view page);

}  // namespace snag::render

#endif  // SNAG_RENDER_MARKDOWN_H
