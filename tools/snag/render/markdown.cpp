#include "render/markdown.h"

#include "render/escape.h"

namespace snag::render {

namespace {

// `code` in a line.
std::string inlineHtml(std::string_view text) {
  std::string html;
  bool isCode = false;
  while (!text.empty()) {
    const size_t tick = text.find('`');
    html += xmlText(std::string(text.substr(0, tick)));
    if (tick == std::string_view::npos) break;
    html += isCode ? "</code>" : "<code>";
    isCode = !isCode;
    text.remove_prefix(tick + 1);
  }
  return isCode ? html + "</code>" : html;
}

// Collects the lines of a paragraph or list entry until something else begins.
class Converter {
 public:
  void line(std::string_view text) {
    if (text.starts_with("```")) return fence();
    if (inCode_) {
      html_ += xmlText(std::string(text)) + "\n";
      return;
    }
    if (text.starts_with("#")) return heading(text);
    if (text.empty()) return endList();
    if (text.starts_with("* ")) return entry(text.substr(2));
    block_ += (block_.empty() ? "" : " ") + std::string(text.substr(text.find_first_not_of(' ')));
  }

  std::string finish() {
    endList();
    return std::move(html_);
  }

 private:
  void fence() {
    endList();
    html_ += inCode_ ? "</code></pre>\n" : "<pre><code>";
    inCode_ = !inCode_;
  }

  void heading(std::string_view text) {
    endList();
    const bool isTitle = text.starts_with("# ");
    const std::string tag = isTitle ? "h3" : "h4";
    html_ += "<" + tag + ">" + inlineHtml(text.substr(isTitle ? 2 : 3)) + "</" + tag + ">\n";
  }

  void entry(std::string_view text) {
    if (inList_)
      endBlock();
    else
      endList();
    if (!inList_) html_ += "<ul>\n";
    inList_ = true;
    block_ = text;
  }

  void endBlock() {
    if (block_.empty()) return;
    html_ += (inList_ ? "<li>" : "<p>") + inlineHtml(block_) + (inList_ ? "</li>\n" : "</p>\n");
    block_.clear();
  }

  void endList() {
    endBlock();
    if (inList_) html_ += "</ul>\n";
    inList_ = false;
  }

  std::string html_;
  std::string block_;
  bool inCode_ = false;
  bool inList_ = false;
};

}  // namespace

std::string markdownHtml(std::string_view page) {
  Converter converter;
  while (!page.empty()) {
    const size_t end = page.find('\n');
    converter.line(page.substr(0, end));
    page.remove_prefix(end == std::string_view::npos ? page.size() : end + 1);
  }
  return converter.finish();
}

}  // namespace snag::render
