#include "model/kind_help.h"

#include "model/finding_kind.h"

#include <algorithm>

namespace snag::model {

namespace {

struct Page {
  std::string_view kind;
  std::string_view text;
};

constexpr Page kPages[] = {
#include "finding_pages.inc"
};

// The first paragraph behind `heading`, its lines joined, without the marks around code.
std::string paragraphBehind(std::string_view page, std::string_view heading) {
  const size_t at = page.find(heading);
  if (at == std::string_view::npos) return {};
  const size_t begin = page.find("\n\n", at);
  if (begin == std::string_view::npos) return {};
  std::string text(page.substr(begin + 2, page.find("\n\n", begin + 2) - begin - 2));
  std::ranges::replace(text, '\n', ' ');
  std::erase(text, '`');
  return text;
}

}  // namespace

std::string_view kindPage(record::FindingKind kind) {
  const std::string id = kindId(kind);
  const Page* page = std::ranges::find(kPages, std::string_view(id), &Page::kind);
  return page == std::end(kPages) ? std::string_view() : page->text;
}

KindHelp kindHelp(record::FindingKind kind) {
  const std::string_view page = kindPage(kind);
  return {paragraphBehind(page, "# "), paragraphBehind(page, "\n## Why it is a bug\n"),
          paragraphBehind(page, "\n## How to fix it\n")};
}

}  // namespace snag::model
