"""Bar charts as SVG, on a logarithmic scale, readable on light and dark pages."""
import html
import math

WIDTH, LABELS, RIGHT = 900, 210, 60
BAR, GAP, TOP, BOTTOM = 9, 7, 64, 30
STYLE = """
  text { font: 12px sans-serif; fill: #24292f; }
  .title { font-size: 15px; font-weight: bold; }
  .value { font-size: 10px; fill: #57606a; }
  .grid { stroke: #d0d7de; } .one { stroke: #57606a; }
  .native { fill: #8c959f; } .snag { fill: #0969da; } .tsan { fill: #d4762c; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; } .value { fill: #9da7b1; }
    .grid { stroke: #30363d; } .one { stroke: #9da7b1; }
    .native { fill: #6e7681; } .snag { fill: #4493f8; } .tsan { fill: #e3924f; }
  }
"""
LABEL = {"native": "native", "snag": "Snag", "tsan": "TSan"}


class Scale:
    """Positions on a logarithmic axis that begins and ends at a power of ten times 1, 2 or 5."""

    def __init__(self, values):
        steps = [factor * 10.0**power for power in range(-4, 10) for factor in (1, 2, 5)]
        lowest, highest = min(values, default=1), max(values, default=1)
        self.low = max(step for step in steps if step <= min(lowest, 1) or step == steps[0])
        self.high = min(step for step in steps if step >= max(highest, 1) * 1.001)
        self.ticks = [step for step in steps if self.low <= step <= self.high]

    def at(self, value):
        part = (math.log(value) - math.log(self.low)) / (math.log(self.high) - math.log(self.low))
        return LABELS + part * (WIDTH - LABELS - RIGHT)


def text(x, y, content, kind="", anchor="start"):
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}" text-anchor="{anchor}">{html.escape(content)}</text>'


def shown(value):
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def axis(scale, height):
    for tick in scale.ticks:
        x = scale.at(tick)
        kind = "one" if tick == 1 else "grid"
        yield f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 6}" y2="{height - BOTTOM}" class="{kind}"/>'
        yield text(x, height - BOTTOM + 16, f"{tick:g}", "value", "middle")


def legend(series, unit):
    x = LABELS
    for name in series:
        yield f'<rect x="{x}" y="36" width="10" height="10" class="{name}"/>'
        yield text(x + 15, 45, LABEL.get(name, name))
        x += 80
    yield text(WIDTH - RIGHT, 45, unit, "value", "end")


def row(y, name, values, series, scale):
    yield text(LABELS - 8, y + len(series) * BAR / 2 + 4, name, "", "end")
    for i, one in enumerate(series):
        value = values.get(one)
        if not value:
            continue
        start, end = sorted((scale.at(max(scale.low, 1)), scale.at(value)))
        width = max(end - start, 1)
        yield f'<rect x="{start:.1f}" y="{y + i * BAR}" width="{width:.1f}" height="{BAR - 1}" class="{one}"/>'
        yield text(end + 4, y + i * BAR + BAR - 1, shown(value), "value")


def bars(title, rows, unit):
    """rows: (name, {series: value or None}). Bars start at 1, so that what is below 1 points the other way."""
    series = [name for name in LABEL if any(name in values for _, values in rows)]
    step = BAR * len(series) + GAP
    height = TOP + step * len(rows) + BOTTOM
    scale = Scale([value for _, values in rows for value in values.values() if value])
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
             f"<title>{html.escape(title)}</title>", f"<style>{STYLE}</style>", text(12, 22, title, "title"),
             *legend(series, unit), *axis(scale, height)]
    for i, (name, values) in enumerate(rows):
        parts += row(TOP + i * step, name, values, series, scale)
    return "\n".join([*parts, "</svg>"]) + "\n"
