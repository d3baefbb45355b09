#include "render/escape.h"

#include "model/text_format.h"
#include "render/paths.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace snag::test {
namespace {

TEST(Escape, XmlShowsMarkupAndDropsWhatXmlForbids) {
  EXPECT_EQ(render::xmlText("<a b=\"c\">&'</a>"), "&lt;a b=&quot;c&quot;&gt;&amp;&#39;&lt;/a&gt;");
  EXPECT_EQ(render::xmlText("a\tb\nc\x1b\x01"), "a\tb\nc\xef\xbf\xbd\xef\xbf\xbd");
  EXPECT_EQ(render::xmlText("x\xef\xbf\xbfy"), "x\xef\xbf\xbdy") << "U+FFFF is no character of XML";
  EXPECT_EQ(render::xmlText("\xff"), "\xef\xbf\xbd");
}

TEST(Escape, GithubCommandsCannotBeEndedOrForged) {
  EXPECT_EQ(render::githubMessage("50%\n::error::x"), "50%25%0A::error::x");
  EXPECT_EQ(render::githubProperty("a,b:c\r"), "a%2Cb%3Ac%0D");
}

TEST(Escape, UriPathsKeepTheirFolders) { EXPECT_EQ(render::uriPath("/a b/c#%.cpp"), "/a%20b/c%23%25.cpp"); }

TEST(Escape, ShorteningCutsBetweenCharacters) {
  EXPECT_EQ(render::shortened("abcdef", 6), "abcdef");
  EXPECT_EQ(render::shortened("abcdefg", 6), "abc...");
  EXPECT_EQ(render::shortened("ab\xc3\xa4xyz", 6), "ab...");
}

TEST(Escape, ControlCharactersOfNamesAreSpelledOut) {
  EXPECT_EQ(model::printable("a\n\x1b[31m\x7f"), "a\\x0a\\x1b[31m\\x7f");
  EXPECT_EQ(model::printable("\xc3\xa4"), "\xc3\xa4");
}

TEST(Paths, AreRelativeBelowTheRootOnly) {
  const render::Paths paths("/home/p/");
  EXPECT_EQ(paths.shown("/home/p/src/a.cpp"), "src/a.cpp");
  EXPECT_EQ(paths.shown("/home/p/build/../src/a.cpp"), "src/a.cpp");
  EXPECT_EQ(paths.shown("/home/pp/a.cpp"), "/home/pp/a.cpp");
  EXPECT_EQ(render::Paths("").shown("/a.cpp"), "/a.cpp");
}

}  // namespace
}  // namespace snag::test
