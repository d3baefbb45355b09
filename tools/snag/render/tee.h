// Several formats of one run.
#ifndef SNAG_RENDER_TEE_H
#define SNAG_RENDER_TEE_H

#include "render/renderer.h"

#include <memory>
#include <utility>
#include <vector>

namespace snag::render {

class Tee : public Renderer {
 public:
  void add(std::unique_ptr<Renderer> renderer) { renderers_.push_back(std::move(renderer)); }

  void process(const model::Process& process) override {
    for (auto& renderer : renderers_) renderer->process(process);
  }
  void report(const Report& report) override {
    for (auto& renderer : renderers_) renderer->report(report);
  }
  void problem(const std::string& message) override {
    for (auto& renderer : renderers_) renderer->problem(message);
  }
  void finish(const Totals& totals) override {
    for (auto& renderer : renderers_) renderer->finish(totals);
  }

 private:
  std::vector<std::unique_ptr<Renderer>> renderers_;
};

}  // namespace snag::render

#endif  // SNAG_RENDER_TEE_H
