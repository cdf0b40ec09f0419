"""The named colours of the window, in a light and a dark instance."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Colours as ``#rrggbb``. ``*_soft`` are backgrounds for text in the strong colour of that name."""

    name: str
    window: str
    surface: str
    sunken: str
    border: str
    border_strong: str
    text: str
    text_muted: str
    accent: str
    accent_strong: str
    accent_soft: str
    on_accent: str
    link: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    idle: str
    selection: str
    chart_1: str
    chart_2: str
    chart_3: str
    chart_4: str
    chart_5: str
    chart_6: str
    chart_grid: str


LIGHT = Tokens(
    name="light",
    window="#f3f4f7",
    surface="#ffffff",
    sunken="#f0f2f6",
    border="#dfe3ea",
    border_strong="#c3cad6",
    text="#171b23",
    text_muted="#566072",
    accent="#1d5fd1",
    accent_strong="#174fb0",
    accent_soft="#e6eefc",
    on_accent="#ffffff",
    link="#1a56bf",
    ok="#12743f",
    ok_soft="#e2f4ea",
    warn="#8a5300",
    warn_soft="#fdf1dc",
    bad="#b3261e",
    bad_soft="#fdebea",
    idle="#7b8596",
    selection="#cfdffb",
    chart_1="#1d5fd1",
    chart_2="#b45309",
    chart_3="#0f766e",
    chart_4="#7c3aed",
    chart_5="#be185d",
    chart_6="#5b6b16",
    chart_grid="#171b23",
)

DARK = Tokens(
    name="dark",
    window="#0f1116",
    surface="#171a21",
    sunken="#1f232c",
    border="#2a2f3a",
    border_strong="#414959",
    text="#e9ecf2",
    text_muted="#9aa5b8",
    accent="#3f7ff0",
    accent_strong="#5a93f7",
    accent_soft="#1b2a47",
    on_accent="#0b0d11",
    link="#86b0ff",
    ok="#4cc98a",
    ok_soft="#14301f",
    warn="#f0b35a",
    warn_soft="#33260f",
    bad="#ff8a80",
    bad_soft="#3a1a1a",
    idle="#7f8a9c",
    selection="#2a4a86",
    chart_1="#6aa2ff",
    chart_2="#f0a44b",
    chart_3="#4fd1c0",
    chart_4="#b79bff",
    chart_5="#ff8cc0",
    chart_6="#b9cf5a",
    chart_grid="#e9ecf2",
)

TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    ("text", "window"),
    ("text", "surface"),
    ("text", "sunken"),
    ("text", "accent_soft"),
    ("text", "warn_soft"),
    ("text", "bad_soft"),
    ("text", "selection"),
    ("text_muted", "window"),
    ("text_muted", "surface"),
    ("text_muted", "sunken"),
    ("text_muted", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_strong"),
    ("link", "surface"),
    ("warn", "surface"),
    ("warn", "warn_soft"),
    ("bad", "surface"),
    ("bad", "bad_soft"),
    ("ok", "surface"),
    ("ok", "ok_soft"),
    ("surface", "chart_1"),
    ("surface", "chart_2"),
    ("surface", "chart_3"),
    ("surface", "chart_4"),
)
"""Foreground and background of every text the window draws: at least 4.5 to 1."""

MARK_PAIRS: tuple[tuple[str, str], ...] = (
    ("accent", "surface"),
    ("accent", "sunken"),
    ("ok", "surface"),
    ("warn", "surface"),
    ("bad", "surface"),
    ("idle", "surface"),
    ("chart_1", "surface"),
    ("chart_2", "surface"),
    ("chart_3", "surface"),
    ("chart_4", "surface"),
    ("chart_5", "surface"),
    ("chart_6", "surface"),
)
"""Marks that carry meaning (dots, lines, focus frames) and what is behind them: at least 3 to 1."""


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two ``#rrggbb`` colours, from 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
