"""The charts of a picture: drawn by Altair, each with its title, description and equal table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from samsyn.domains.situation.draft.grammar import listed, stretches
from samsyn.domains.situation.result import Level, MunicipalityCount, ReportNumbers, WeekRef
from samsyn.formats import swedish
from samsyn.outputs import svg, tables, theme
from samsyn.outputs.blocks import Figure

BAR = 22
MOST_CATEGORIES = 14


def to_svg(chart: Any) -> str:
    """Draw an Altair chart."""
    import vl_convert

    theme.use_fonts()
    specification = chart.configure(**theme.chart_config()).to_dict()
    drawing: str = vl_convert.vegalite_to_svg(specification)
    return drawing


def figure(key: str, title: str, description: str, drawing: str, table: Any) -> Figure:
    """Return the drawing as a figure that tells what it shows."""
    told = svg.told(drawing, f"fig-{key}", title, description)
    width, height = svg.size_of(drawing)
    return Figure(key, "chart", title, told, description, width, height, table)


def weeks_figure(numbers: ReportNumbers, week: WeekRef) -> Figure:
    """Reports per week: this week in the hue, the weeks before in grey, its own normal as a band."""
    level = numbers.level
    points = [
        {"week": f"v. {period.week}", "count": period.count, "kind": "past", "place": place}
        for place, period in enumerate(level.history)
    ]
    points.append(
        {"week": f"v. {week.number}", "count": level.count, "kind": "now", "place": len(points)}
    )
    title = f"Rapporter per vecka till och med vecka {week.number}"
    drawing = svg.drawn(
        "weeks", [points, level.low, level.high], lambda: to_svg(weeks_chart(points, level))
    )
    return figure("weeks", title, weeks_told(level, week), drawing, tables.weeks_table(level, week))


def weeks_told(level: Level, week: WeekRef) -> str:
    past = ", ".join(
        f"vecka {period.week} {swedish.number(period.count)}" for period in level.history
    )
    text = f"Stapeldiagram. Vecka {week.number} kom {swedish.number(level.count)} rapporter."
    if past:
        text += f" Veckorna före: {past}."
    if level.low is not None and level.high is not None:
        text += f" Vanligt är {tables.normal(level)}."
    return text


def weeks_chart(points: Sequence[dict[str, Any]], level: Level) -> Any:
    import altair as alt

    data = alt.Data(values=list(points))
    order = [point["week"] for point in points]
    x = alt.X(
        "week:N", sort=order, axis=alt.Axis(title=None, labelAngle=0, ticks=False, grid=False)
    )
    top = max([point["count"] for point in points] + [level.high or 0, 1])
    scale = alt.Scale(domain=[0, top * 1.12], nice=False)
    y = alt.Y("count:Q", scale=scale, axis=None)
    hue = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=["past", "now"], range=[theme.PAST, theme.ACCENT]),
        legend=None,
    )
    bars = alt.Chart(data).mark_bar(size=34, cornerRadiusTopLeft=2, cornerRadiusTopRight=2)
    labels = alt.Chart(data).mark_text(dy=-9, fontSize=14, fontWeight=600, color=theme.INK)
    layers = [
        bars.encode(x=x, y=y, color=hue),
        labels.encode(x=x, y=y, text="count:Q"),
    ]
    if level.low is not None and level.high is not None:
        layers = [*normal_band(level, scale), *layers]
    return alt.layer(*layers).properties(width=theme.WIDTH, height=200)


def normal_band(level: Level, scale: Any) -> list[Any]:
    """Return the band of the own normal, with its words at its upper edge."""
    import altair as alt

    band = alt.Data(
        values=[{"low": level.low, "high": level.high, "words": f"vanligt {tables.normal(level)}"}]
    )
    low, high = alt.Y("low:Q", scale=scale, axis=None), alt.Y2("high:Q")
    rect = alt.Chart(band).mark_rect(color=theme.BAND, opacity=0.55).encode(y=low, y2=high)
    words = alt.Chart(band).mark_text(
        align="left", baseline="bottom", dx=2, dy=-3, fontSize=12, color=theme.QUIET
    )
    at_top = alt.Y("high:Q", scale=scale, axis=None)
    return [rect, words.encode(y=at_top, x=alt.value(0), text="words:N")]


def categories_figure(numbers: ReportNumbers, week: WeekRef) -> Figure:
    """Reports per category, with the number at the bar and what is usual as a grey line behind it."""
    shown = [one for one in numbers.categories if one.count or one.level.verdict == "below"]
    rows = [
        {
            "name": one.name, "count": one.count, "low": one.level.low, "high": one.level.high,
            "label": label_of(one.count, one.level),
        }
        for one in shown[:MOST_CATEGORIES]
    ]  # fmt: skip
    drawing = svg.drawn("categories", rows, lambda: to_svg(categories_chart(rows)))
    title = f"Rapporter per slag, vecka {week.number}"
    most = listed([f"{one.name} {swedish.number(one.count)}" for one in shown[:MOST_CATEGORIES]])
    description = f"Liggande staplar, flest först: {most}. Grå linje visar vad som är vanligt."
    return figure("categories", title, description, drawing, tables.categories_table(numbers, week))


def label_of(count: int, level: Level) -> str:
    mark = {"above": " fler än vanligt", "below": " färre än vanligt"}.get(level.verdict, "")
    return f"{swedish.number(count)}{mark}"


def categories_chart(rows: Sequence[dict[str, Any]]) -> Any:
    import altair as alt

    data = alt.Data(values=list(rows))
    top = max([row["count"] for row in rows] + [row["high"] or 0 for row in rows] + [1])
    scale = alt.Scale(domain=[0, top * 1.25], nice=False)
    names = [row["name"] for row in rows]
    y = alt.Y("name:N", sort=names, axis=alt.Axis(title=None, ticks=False, domain=False))
    x = alt.X("count:Q", scale=scale, axis=None)
    bars = (
        alt.Chart(data).mark_bar(color=theme.ACCENT, height=13, cornerRadiusEnd=2).encode(y=y, x=x)
    )
    usual = (
        alt.Chart(data)
        .transform_filter("datum.low != null")
        .mark_rule(color=theme.PAST, strokeWidth=5, opacity=0.75, yOffset=10)
        .encode(y=y, x=alt.X("low:Q", scale=scale, axis=None), x2="high:Q")
    )
    words = alt.Chart(data).mark_text(align="left", dx=6, fontSize=13, color=theme.INK)
    layered = alt.layer(usual, bars, words.encode(y=y, x=x, text="label:N"))
    return layered.properties(width=theme.WIDTH, height=(BAR + 6) * len(rows) + 4)


def hours_figure(numbers: ReportNumbers, week: WeekRef) -> Figure:
    """The week's hours: the darker, the more. Intervals are spread over their hours."""
    cells = [
        {"day": swedish.WEEKDAYS[day], "hour": hour, "value": value}
        for day, row in enumerate(numbers.hours)
        for hour, value in enumerate(row)
        if value > 0
    ]
    drawing = svg.drawn("hours", cells, lambda: to_svg(hours_chart(cells)))
    description = "Rutnät med veckans dagar och timmar. Ju mörkare ruta, desto fler händelser."
    if numbers.busy:
        description += f" De flesta hände {stretches(numbers.busy)}."
    title = f"När på veckan, vecka {week.number}"
    return figure("hours", title, description, drawing, tables.hours_table(numbers))


def hours_chart(cells: Sequence[dict[str, Any]]) -> Any:
    import altair as alt

    frame = [{"day": day, "hour": hour} for day in swedish.WEEKDAYS for hour in range(24)]
    x = alt.X(
        "hour:O",
        sort=list(range(24)),
        axis=alt.Axis(
            title=None, labelAngle=0, ticks=False, domain=False, values=[0, 6, 12, 18],
            labelExpr="(datum.value < 10 ? '0' : '') + datum.value + '.00'", labelAlign="left",
            labelPadding=4,
        ),
    )  # fmt: skip
    y = alt.Y(
        "day:N", sort=list(swedish.WEEKDAYS), axis=alt.Axis(title=None, ticks=False, domain=False)
    )
    ground = alt.Chart(alt.Data(values=frame)).mark_rect(
        color=theme.LAND, stroke=theme.RULE, strokeWidth=0.5
    )
    top = max([cell["value"] for cell in cells] + [1.0])
    dark = alt.Opacity("value:Q", scale=alt.Scale(domain=[0, top], range=[0.12, 1]), legend=None)
    marks = alt.Chart(alt.Data(values=list(cells))).mark_rect(color=theme.ACCENT)
    layered = alt.layer(ground.encode(x=x, y=y), marks.encode(x=x, y=y, opacity=dark))
    return layered.properties(width=theme.WIDTH, height=7 * BAR + 24)


def municipalities_figure(places: Sequence[MunicipalityCount], week: WeekRef) -> Figure:
    """The municipalities of a joint picture side by side, each against its own normal."""
    rows = [
        {
            "name": one.name, "count": one.count, "low": one.level.low, "high": one.level.high,
            "label": label_of(one.count, one.level),
        }
        for one in places
    ]  # fmt: skip
    drawing = svg.drawn("categories", rows, lambda: to_svg(categories_chart(rows)))
    told = listed([f"{one.name} {swedish.number(one.count)}" for one in places])
    description = f"Liggande staplar: {told}. Grå linje visar vad som är vanligt i varje kommun."
    title = f"Rapporter per kommun, vecka {week.number}"
    table = tables.municipalities_table(places, week)
    return figure("municipalities", title, description, drawing, table)
