// The output formats by name.
#ifndef SNAG_RENDER_FORMATS_H
#define SNAG_RENDER_FORMATS_H

#include "render/context.h"
#include "render/renderer.h"
#include "render/text.h"

#include <memory>
#include <string>
#include <vector>

namespace snag::render {

// One document at the end: null is returned for a name that is not in formatNames().
std::unique_ptr<Renderer> makeRenderer(const std::string& name, const TextOptions& text, const Context& context);

std::vector<std::string> formatNames();

// One maker a format; text has its own header.
std::unique_ptr<Renderer> makeJsonRenderer(const Context& context);
std::unique_ptr<Renderer> makeSarifRenderer(const Context& context);
std::unique_ptr<Renderer> makeHtmlRenderer(const Context& context);
std::unique_ptr<Renderer> makeJunitRenderer(const Context& context);
std::unique_ptr<Renderer> makeGithubRenderer(const Context& context);
std::unique_ptr<Renderer> makeGitlabRenderer(const Context& context);
std::unique_ptr<Renderer> makeMsvcRenderer(const Context& context);
std::unique_ptr<Renderer> makeTsanRenderer(const Context& context);
std::unique_ptr<Renderer> makeCodeCheckerRenderer(const Context& context);

}  // namespace snag::render

#endif  // SNAG_RENDER_FORMATS_H
