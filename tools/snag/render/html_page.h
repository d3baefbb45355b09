// Style and behaviour of the HTML report. Constant text: nothing of the program's is in here.
#ifndef SNAG_RENDER_HTML_PAGE_H
#define SNAG_RENDER_HTML_PAGE_H

namespace snag::render {

inline constexpr const char* kHtmlStyle = R"css(
:root { color-scheme: light dark; --back: #fff; --fore: #1b1f24; --quiet: #57606a; --line: #d0d7de; --card: #f6f8fa;
  --red: #b42318; --blue: #0550ae; --lock: #b98900; --mark: #ffe2dd; }
@media (prefers-color-scheme: dark) { :root { --back: #0d1117; --fore: #e6edf3; --quiet: #9da7b3; --line: #30363d;
  --card: #161b22; --red: #ff8170; --blue: #79b8ff; --lock: #d6a51d; --mark: #5a1e18; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 82rem; padding: 1rem; background: var(--back); color: var(--fore);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { margin: 0 0 .5rem; } h2 { font-size: 1.15rem; margin: 0; overflow-wrap: anywhere; } h3 { font-size: 1rem; margin: 0 0 .3rem; }
a { color: var(--blue); } .quiet { color: var(--quiet); }
form { display: flex; flex-wrap: wrap; gap: .5rem 1rem; padding: .7rem 0; border-bottom: 1px solid var(--line); }
input, select { font: inherit; padding: .2rem .4rem; max-width: 100%; }
:focus-visible { outline: 3px solid var(--blue); outline-offset: 2px; }
article { border: 1px solid var(--line); border-left: 5px solid var(--red); border-radius: 6px; margin: 1rem 0; padding: .8rem 1rem; }
article.known { border-left-color: var(--quiet); }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: .8rem; margin: .8rem 0; }
.side { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .6rem; min-width: 0; }
pre, code { font: 13px/1.5 ui-monospace, monospace; } pre { margin: .3rem 0; overflow-x: auto; tab-size: 4; }
pre .hit { background: var(--mark); display: block; } ol { margin: .3rem 0; padding-left: 1.6rem; } li { overflow-wrap: anywhere; }
.number { color: var(--quiet); user-select: none; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem .8rem; margin: .6rem 0 0; } dt { font-weight: 600; }
dd { margin: 0; overflow-wrap: anywhere; }
svg { max-width: 100%; height: auto; } svg text { fill: var(--fore); font: 13px system-ui, sans-serif; }
.thread { stroke: var(--quiet); stroke-width: 2; } .held { fill: var(--lock); opacity: .55; }
.access { fill: var(--red); } .missing { stroke: var(--red); stroke-width: 2; stroke-dasharray: 6 4; }
.bytes { fill: var(--card); stroke: var(--quiet); } .raced { fill: var(--red); } .reach { stroke: var(--red); stroke-width: 3; }
.cell { stroke: var(--line); } .page { border-top: 1px solid var(--line); padding: .6rem 0; } .page summary { font-weight: 600; }
.page pre { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .6rem; }
.skip { position: absolute; left: -99rem; } .skip:focus { position: static; }
@media (max-width: 40rem) { dl { display: block; } }
@media print { :root { color-scheme: light; --back: #fff; --fore: #000; --quiet: #444; --line: #bbb; --card: #f4f4f4;
    --red: #a01010; --blue: #003a80; --lock: #a07000; --mark: #ffd9d2; }
  form, script, .skip { display: none; } .side, svg { break-inside: avoid; } h2 { break-after: avoid; }
  body { max-width: none; font-size: 11pt; } pre { white-space: pre-wrap; } * { print-color-adjust: exact; } }
)css";

// Filters by kind, and by text in title, paths or fingerprint. Without script all findings are shown.
inline constexpr const char* kHtmlScript = R"js(
(function () {
  var kind = document.getElementById("kind"), text = document.getElementById("text");
  var shown = document.getElementById("shown"), cards = document.querySelectorAll("article");
  function filter() {
    var wanted = text.value.toLowerCase(), count = 0;
    cards.forEach(function (card) {
      var fits = (kind.value === "" || card.dataset.kind === kind.value) &&
        (card.dataset.search.toLowerCase().indexOf(wanted) >= 0);
      card.hidden = !fits;
      document.getElementById("entry-" + card.id).hidden = !fits;
      count += fits ? 1 : 0;
    });
    shown.textContent = count + " of " + cards.length + " shown";
  }
  kind.addEventListener("change", filter);
  text.addEventListener("input", filter);
  document.querySelector("form").addEventListener("submit", function (event) { event.preventDefault(); });
  // A link to a page, or to a line of it, opens it; on paper all are open.
  function open() {
    var target = document.getElementById(location.hash.slice(1));
    if (target && target.tagName === "DETAILS") { target.open = true; target.focus(); }
  }
  window.addEventListener("hashchange", open);
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (page) { page.open = true; });
  });
  open();
  filter();
})();
)js";

}  // namespace snag::render

#endif  // SNAG_RENDER_HTML_PAGE_H
