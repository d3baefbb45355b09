#include "render/paths.h"

#include <filesystem>

namespace snag::render {

namespace fs = std::filesystem;

Paths::Paths(std::string sourceRoot) : root_(std::move(sourceRoot)) {
  while (root_.ends_with('/')) root_.pop_back();
}

bool Paths::isBelowRoot(const std::string& normal) const {
  return !root_.empty() && normal.size() > root_.size() + 1 && normal.starts_with(root_) && normal[root_.size()] == '/';
}

std::string Paths::shown(const std::string& path) const {
  const std::string normal = fs::path(path).lexically_normal().string();
  return isBelowRoot(normal) ? normal.substr(root_.size() + 1) : normal;
}

std::string defaultSourceRoot() {
  std::error_code error;
  const fs::path here = fs::current_path(error);
  for (fs::path folder = here; folder.has_relative_path(); folder = folder.parent_path())
    if (fs::exists(folder / ".git", error)) return folder.string();
  return here.string();
}

}  // namespace snag::render
