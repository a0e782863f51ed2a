"""How the desk is dressed: another theme while it runs, no colour at all, a scroll bar of whole cells."""

from functools import cache

from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.filter import LineFilter
from textual.scrollbar import ScrollBarRender

from factcheck.config import remember
from factcheck.tui.desk import Desk
from factcheck.tui.ink import LOOK, after, has_ground, wear


def theme(desk: Desk) -> None:
    """Z: the next theme, at once, and the next time as well."""
    if not LOOK.colour:
        desk.remark(desk.say("tui.no_colour"), "warn")
        desk.lay_out()
        return
    name = after(LOOK.theme)
    wear(name, ascii=LOOK.ascii)
    repaint(desk.app)
    desk.remark(desk.say("tui.theme_now", theme=name))
    desk.perform(lambda: remember("theme", name, environ=desk.environ))
    desk.lay_out()


def repaint(app: App[object]) -> None:
    """Paint everything on every screen anew."""
    app.ansi_color = not has_ground()
    app.refresh_css(animate=False)
    for screen in app.screen_stack:
        for each in screen.walk_children(with_self=True):
            each.refresh()


class Colourless(LineFilter):
    """Takes every colour out of what is written; what the mouse does there stays."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 (Textual's signature)
        """The same cells without colours."""
        return [each._replace(style=_bare(each.style)) if each.style else each for each in segments]


@cache
def _bare(style: Style) -> Style:
    return style.without_color + Style(meta=style.meta)


COLOURLESS = Colourless()


class WholeCells(ScrollBarRender):
    """A scroll bar without the glyphs of eighths of a cell."""

    VERTICAL_BARS = [" "]  # noqa: RUF012 (Textual's name and type)
