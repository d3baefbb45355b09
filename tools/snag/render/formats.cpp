#include "render/formats.h"

#include <array>
#include <utility>

namespace snag::render {

namespace {

using Maker = std::unique_ptr<Renderer> (*)(const Context&);

constexpr std::array<std::pair<const char*, Maker>, 9> kDocuments = {{{"json", makeJsonRenderer},
                                                                      {"sarif", makeSarifRenderer},
                                                                      {"html", makeHtmlRenderer},
                                                                      {"junit", makeJunitRenderer},
                                                                      {"github", makeGithubRenderer},
                                                                      {"gitlab", makeGitlabRenderer},
                                                                      {"msvc", makeMsvcRenderer},
                                                                      {"tsan", makeTsanRenderer},
                                                                      {"codechecker", makeCodeCheckerRenderer}}};

}  // namespace

std::unique_ptr<Renderer> makeRenderer(const std::string& name, const TextOptions& text, const Context& context) {
  if (name == "text") return makeTextRenderer(text, context.source, context.out);
  for (const auto& [known, make] : kDocuments)
    if (name == known) return make(context);
  return nullptr;
}

std::vector<std::string> formatNames() {
  std::vector<std::string> names = {"text"};
  for (const auto& [name, make] : kDocuments) names.emplace_back(name);
  return names;
}

}  // namespace snag::render
