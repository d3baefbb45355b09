// Where the sources of the project are: paths below that folder are shown relative to it, so that reports of different
// machines are equal and code review tools find the files.
#ifndef SNAG_RENDER_PATHS_H
#define SNAG_RENDER_PATHS_H

#include <string>

namespace snag::render {

class Paths {
 public:
  // An empty root leaves all paths as they are.
  explicit Paths(std::string sourceRoot);

  // "src/stats.cpp" if the path is below the root, else the whole path; both without "..".
  std::string shown(const std::string& path) const;
  // Ends without '/', or is empty.
  const std::string& root() const { return root_; }

 private:
  bool isBelowRoot(const std::string& normal) const;

  std::string root_;
};

// The folder, of this one and those above it, that is a git repository; else this one.
std::string defaultSourceRoot();

}  // namespace snag::render

#endif  // SNAG_RENDER_PATHS_H
