#!/usr/bin/env python3
"""The HTML report in a real browser: its script works, it can be used with the keyboard, read in light, dark, print and on
a small screen, and nothing that the program under test made up becomes an element.

Usage: html_in_chromium_test.py CLAIM GOLDEN_REPORTS [--keep FOLDER]
A copy of the page gets a script that acts and measures, and leaves what it saw in an element. --keep leaves the
screenshots in FOLDER for people to look at.
"""
import json
import html
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib

HERE = pathlib.Path(__file__).resolve().parent
CHROMIUM = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars"]
DARK = "--blink-settings=preferredColorScheme=0"
LIGHT = "--blink-settings=preferredColorScheme=1"
CANNOT_RUN = 77
LEAST_CONTRAST = 4.5  # what WCAG asks of text

# Contrast of each visible text with what is behind it, the smallest first.
MEASURE = """
function channels(text) { return text.match(/[0-9.]+/g).map(Number); }
function luminance(color) {
  const part = channels(color).slice(0, 3).map(c => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
  return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
}
function behind(element) {
  for (let e = element; e; e = e.parentElement) {
    const color = getComputedStyle(e).backgroundColor;
    if (channels(color).length < 4 || channels(color)[3] > 0) return color;
  }
  return "rgb(255, 255, 255)";
}
function contrast(element) {
  const style = getComputedStyle(element), isSvg = element instanceof SVGElement;
  const a = luminance(isSvg ? style.fill : style.color), b = luminance(behind(element));
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}
function texts() {
  return [...document.querySelectorAll("body *")].filter(e => e.tagName !== "SCRIPT" && e.tagName.toLowerCase() !== "title" &&
    e.tagName !== "OPTION" && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()));
}
"""


class Browser:
    def __init__(self, page, folder):
        self.page, self.folder = page, pathlib.Path(folder)

    def run(self, page, *flags):
        file = self.folder / "report.html"
        file.write_bytes(page)
        return subprocess.run([*CHROMIUM, f"--user-data-dir={self.folder}/user", *flags, file.as_uri()],
                              capture_output=True, timeout=90, check=True).stdout.decode()

    def ask(self, script, *flags):
        """What a script in the page returns, as JSON."""
        probe = (f"<script>{MEASURE}\nconst probe = document.createElement('output'); probe.id = 'probe';\n"
                 f"probe.textContent = JSON.stringify((function () {{ {script} }})());\n"
                 "document.body.append(probe);</script></body>")
        dom = self.run(self.page.replace(b"</body>", probe.encode()), "--dump-dom", *flags)
        return json.loads(html.unescape(re.search(r'<output id="probe">(.*?)</output>', dom, re.DOTALL)[1]))

    def screenshot(self, name, *flags):
        file = self.folder / f"{name}.png"
        self.run(self.page, f"--screenshot={file}", "--window-size=800,1200", *flags)
        return file.read_bytes()


def pixels(png):
    """Width and rows of an eight-bit PNG, each row a list of (r, g, b)."""
    assert png.startswith(b"\x89PNG")
    at, data = 8, b""
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at:at + 8])
        body = png[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", body[:10])
        elif kind == b"IDAT":
            data += body
        at += 12 + length
    assert depth == 8 and colour in (2, 6)
    size = 3 if colour == 2 else 4
    raw, rows, previous = zlib.decompress(data), [], bytearray(width * size)
    for row in range(height):
        start = row * (width * size + 1)
        line = unfiltered(raw[start], bytearray(raw[start + 1:start + 1 + width * size]), previous, size)
        rows.append([tuple(line[i:i + 3]) for i in range(0, len(line), size)])
        previous = line
    return rows


def unfiltered(kind, line, above, size):
    for i in range(len(line)):
        left, up = line[i - size] if i >= size else 0, above[i]
        corner = above[i - size] if i >= size else 0
        if kind == 1:
            line[i] = (line[i] + left) & 255
        elif kind == 2:
            line[i] = (line[i] + up) & 255
        elif kind == 3:
            line[i] = (line[i] + (left + up) // 2) & 255
        elif kind == 4:
            guess = left + up - corner
            nearest = min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))[2]
            line[i] = (line[i] + nearest) & 255
    return line


def filters_work(browser):
    seen = browser.ask("""
      const kind = document.getElementById('kind'), text = document.getElementById('text');
      const visible = () => [...document.querySelectorAll('article')].filter(a => a.getBoundingClientRect().height > 0);
      const entries = () => [...document.querySelectorAll('nav li')].filter(a => a.getBoundingClientRect().height > 0);
      const all = visible().length, said = document.getElementById('shown').textContent;
      kind.value = 'lost-update'; kind.dispatchEvent(new Event('change'));
      const kinds = visible().map(a => a.dataset.kind), listed = entries().length;
      kind.value = ''; kind.dispatchEvent(new Event('change'));
      const one = visible()[2].dataset.fingerprint;
      text.value = one; text.dispatchEvent(new Event('input'));
      const found = visible().map(a => a.dataset.fingerprint), counted = document.getElementById('shown').textContent;
      text.value = 'SRC/'; text.dispatchEvent(new Event('input'));
      const inFolder = visible().length;
      return {all, said, kinds, listed, one, found, counted, inFolder};""")
    assert seen["said"] == f"{seen['all']} of {seen['all']} shown" and seen["all"] > 20
    assert set(seen["kinds"]) == {"lost-update"} and 0 < len(seen["kinds"]) < seen["all"]
    assert seen["listed"] == len(seen["kinds"]), "the list shows the same"
    assert seen["found"] == [seen["one"]] and seen["counted"].startswith("1 of ")
    assert 0 < seen["inFolder"] < seen["all"]


def all_can_be_reached_by_keyboard(browser):
    seen = browser.ask("""
      const controls = [...document.querySelectorAll('a, input, select, summary')];
      const boxes = [...document.querySelectorAll('pre')].filter(p => p.scrollWidth > p.clientWidth && p.closest('details') === null);
      const target = link => document.getElementById(link.getAttribute('href').slice(1));
      const inner = controls.filter(c => c.tagName === 'A' && c.getAttribute('href').startsWith('#'));
      const learn = inner.find(link => target(link) && target(link).tagName === 'DETAILS');
      const closed = target(learn).open;
      location.hash = learn.getAttribute('href'); window.dispatchEvent(new HashChangeEvent('hashchange'));
      const first = document.querySelector('a'); first.focus();
      const skip = first.getBoundingClientRect().left >= 0 && first.className === 'skip';
      const field = document.getElementById('text'); field.focus();
      return {unreachable: controls.filter(c => c.tabIndex < 0).length, controls: controls.length,
              boxes: boxes.length, stuck: boxes.filter(b => b.tabIndex < 0).length,
              broken: inner.filter(link => !target(link)).length,
              unlabelled: [...document.querySelectorAll('input, select')].filter(c => c.labels.length === 0).length,
              drawings: [...document.querySelectorAll('svg')].filter(s => !s.querySelector('title')).length,
              closed, opened: target(learn).open, skip, focused: document.activeElement === field};""")
    assert seen["controls"] > 30 and seen["unreachable"] == 0
    assert seen["boxes"] > 0 and seen["stuck"] == 0, "what can be scrolled can be reached"
    assert seen["broken"] == 0 and seen["unlabelled"] == 0 and seen["drawings"] == 0
    assert not seen["closed"] and seen["opened"], "the link to an explanation opens it"
    assert seen["skip"] and seen["focused"], "the list can be skipped"


def program_text_stays_text(browser):
    seen = browser.ask("""
      return {scripts: document.querySelectorAll('script').length, images: document.querySelectorAll('img, iframe, object').length,
              handlers: [...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => a.name.startsWith('on'))).length,
              text: document.body.textContent, title: document.title};""")
    assert seen["scripts"] == 2 and seen["images"] == 0 and seen["handlers"] == 0, "the page's own script and this one"
    for hostile in ("evil<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<script>x</script>",
                    "<svg onload=alert(1)>", "</script><script>alert(1)</script> & ]]>"):
        assert hostile in seen["text"], f"{hostile} is shown: function, file, thread, lock and source"


def drawings_say_what_happened(browser):
    seen = browser.ask("""
      const card = document.querySelector('article');
      const labels = name => [...card.querySelectorAll('svg')].filter(s => s.querySelector('title').textContent.startsWith(name))
        .flatMap(s => [...s.querySelectorAll('text')].map(t => t.textContent));
      const outside = [...document.querySelectorAll('svg')].filter(s => {
        const box = s.getBoundingClientRect();
        return [...s.querySelectorAll('text, rect, line, circle')].some(e => {
          const own = e.getBoundingClientRect();
          return own.left < box.left - 1 || own.right > box.right + 1 || own.top < box.top - 1 || own.bottom > box.bottom + 1;
        });
      }).map(s => s.querySelector('title').textContent);
      return {timeline: labels('Timeline'), layout: labels('Layout'), locks: card.querySelectorAll('.held').length,
              accesses: card.querySelectorAll('.access').length, missing: card.querySelectorAll('.missing').length,
              sides: [...card.querySelectorAll('.side')].map(s => s.getBoundingClientRect().top), outside};""",
                       "--window-size=1200,1600")
    assert seen["accesses"] == 2 and seen["missing"] == 1 and seen["locks"] == 1
    assert {"T2", "T1 'worker'", "nothing orders these", "holds lock 'm'"} <= set(seen["timeline"])
    assert {"16 bytes", "race on 8 bytes at offset 8", "T1: 8 bytes at offset 8"} <= set(seen["layout"])
    assert seen["sides"][0] == seen["sides"][1], "the two accesses stand side by side"
    assert not seen["outside"], f"drawn outside of its picture: {seen['outside'][:3]}"


def readable(browser):
    for name, flag, isDark in (("light", LIGHT, False), ("dark", DARK, True)):
        worst = browser.ask("""return texts().filter(e => e.className !== 'skip').map(e => [contrast(e), e.textContent.slice(0, 40),
                               e.tagName + '.' + (e.className.baseVal ?? e.className)]).sort((a, b) => a[0] - b[0]).slice(0, 3);""", flag)
        assert worst[0][0] >= LEAST_CONTRAST, f"hard to read when {name}: {worst}"
        rows = pixels(browser.screenshot(name, flag))
        corner = rows[5][5]
        assert (sum(corner) < 150) == isDark, f"the background is {corner} when {name}"
        red = sum(1 for row in rows for pixel in row if pixel[0] > 150 and pixel[1] < 140 and pixel[2] < 140)
        assert red > 300, "the racing bytes and accesses are to be seen"
    small = browser.ask("return {page: document.documentElement.scrollWidth, window: innerWidth};", "--window-size=500,900")
    assert small["page"] <= small["window"], f"wider than a small screen: {small}"


def printable(browser):
    file = browser.folder / "print.pdf"
    browser.run(browser.page, f"--print-to-pdf={file}", DARK)
    pages = len(re.findall(rb"/Type\s*/Page\b", file.read_bytes()))
    assert pages >= 8, f"{pages} pages: the findings and their explanations"
    seen = browser.ask("""
      window.dispatchEvent(new Event('beforeprint'));
      const rules = [...document.styleSheets[0].cssRules].filter(r => r.conditionText === 'print').map(r => r.cssText).join();
      return {closed: document.querySelectorAll('details:not([open])').length, rules};""")
    assert seen["closed"] == 0, "paper cannot be clicked"
    assert "form" in seen["rules"] and "--back: #fff" in seen["rules"], "no controls, and no dark paper"


def main():
    claim, program = sys.argv[1:3]
    if not shutil.which(CHROMIUM[0]):
        print("chromium is not installed")
        return CANNOT_RUN
    page = subprocess.run([program, "html", HERE / "stats.cpp"], check=True, stdout=subprocess.PIPE).stdout
    with tempfile.TemporaryDirectory() as folder:
        try:
            globals()[claim](Browser(page, folder))
        finally:
            if "--keep" in sys.argv:
                keep = pathlib.Path(sys.argv[sys.argv.index("--keep") + 1])
                for file in [*pathlib.Path(folder).glob("*.png"), *pathlib.Path(folder).glob("*.pdf")]:
                    shutil.copy(file, keep)
    return 0


if __name__ == "__main__":
    sys.exit(main())
