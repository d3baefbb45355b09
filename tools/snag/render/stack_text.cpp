#include "render/stack_text.h"

#include "model/function_name.h"
#include "model/text_format.h"

#include <algorithm>

namespace snag::render {

using namespace model;

namespace {

// Both stacks and the story around them must fit on one screen of 50 lines.
constexpr size_t kFramesShown = 8;
constexpr size_t kLongestLine = 200;

std::string moduleText(const ResolvedFrame& frame) {
  if (frame.module.empty()) return "(" + hex(frame.address) + ")";
  return "(" + std::string(baseName(frame.module)) + "+" + hex(frame.address) + ")";
}

// A stack without user frames still has to say where it is.
void showInnermost(const ResolvedStack& stack, FoldedStack& out) {
  for (const ResolvedFrame& frame : stack.frames)
    if (frame.kind != FrameKind::Runtime && out.shown.size() < 3) out.shown.push_back(&frame);
  out.folded -= std::min(out.folded, out.shown.size());
  if (out.shown.empty() && !stack.frames.empty()) out.shown.push_back(&stack.frames.front());
}

std::string foldedText(const FoldedStack& folded) {
  std::string what;
  if (folded.folded != 0) what = counted(folded.folded, "frame") + " of the standard library and thread start folded";
  if (folded.cut != 0) what += (what.empty() ? "" : ", ") + counted(folded.cut, "outer frame") + " left out";
  return what.empty()
             ? what
             : "    (" + what + "; verbosity=1 shows " + (folded.folded + folded.cut == 1 ? "it" : "them") + ")";
}

// Blanks up to the column, with the line's own tabs so that the caret stands below its character.
std::string indentTo(const std::string& line, uint32_t column) {
  std::string indent;
  for (uint32_t i = 0; i + 1 < column && i < line.size(); ++i) indent += line[i] == '\t' ? '\t' : ' ';
  return indent;
}

}  // namespace

FoldedStack foldStack(const ResolvedStack& stack, int verbosity) {
  FoldedStack out;
  for (const ResolvedFrame& frame : stack.frames) {
    if (verbosity > 0 || frame.kind == FrameKind::User)
      out.shown.push_back(&frame);
    else if (frame.kind != FrameKind::Runtime)
      ++out.folded;
  }
  if (out.shown.empty()) showInnermost(stack, out);
  if (verbosity == 0 && out.shown.size() > kFramesShown) {
    out.cut = out.shown.size() - kFramesShown;
    out.shown.resize(kFramesShown);
  }
  return out;
}

std::string frameText(const ResolvedFrame& frame) {
  const SourcePlace& place = frame.place;
  const std::string function = prettyFunction(place.function);
  if (place.file.empty() || place.line == 0)
    return function.empty() ? moduleText(frame) : function + " " + moduleText(frame);
  std::string text =
      (function.empty() ? "(unknown function)" : function) + " " + place.file + ":" + std::to_string(place.line);
  if (place.column != 0) text += ":" + std::to_string(place.column);
  return text;
}

std::string stackText(const ResolvedStack& stack, const TextStyle& style) {
  const FoldedStack folded = foldStack(stack, style.verbosity);
  std::string text;
  for (size_t i = 0; i < folded.shown.size(); ++i)
    text += "    #" + std::to_string(i) + " " + frameText(*folded.shown[i]) + "\n";
  if (const std::string note = foldedText(folded); !note.empty()) text += style.paint(Paint::Quiet, note) + "\n";
  return text;
}

std::string sourceLineText(const SourcePlace& place, SourceText& source, const TextStyle& style) {
  auto line = source.line(place.file, place.line);
  if (!line || line->size() > kLongestLine) return {};
  // A source file may hold anything: only its tabs reach the terminal.
  for (char& c : *line)
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f) c = '?';
  std::string number = std::to_string(place.line);
  number.insert(0, number.size() < 7 ? 7 - number.size() : 0, ' ');
  std::string text = number + " | " + *line + "\n";
  if (place.column == 0 || place.column > line->size()) return text;
  return text + std::string(number.size(), ' ') + " | " + indentTo(*line, place.column) +
         style.paint(Paint::Caret, "^") + "\n";
}

}  // namespace snag::render
