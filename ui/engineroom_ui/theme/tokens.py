"""The named colours of the window: light, dark, and both in high contrast."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Colours as ``#rrggbb``.

    ``*_soft`` are backgrounds for text in the strong colour of that name; ``track`` is what a bar or slider fills.
    """

    name: str
    window: str
    surface: str
    sunken: str
    border: str
    border_strong: str
    track: str
    text: str
    text_muted: str
    placeholder: str
    disabled: str
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
    track="#d2d8e2",
    text="#171b23",
    text_muted="#566072",
    placeholder="#566072",
    disabled="#8a93a3",
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
    track="#323946",
    text="#e9ecf2",
    text_muted="#9aa5b8",
    placeholder="#9aa5b8",
    disabled="#6b7587",
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

CONTRAST_LIGHT = Tokens(
    name="contrast_light",
    window="#ffffff",
    surface="#ffffff",
    sunken="#f2f2f2",
    border="#4a4a4a",
    border_strong="#000000",
    track="#c4c4c4",
    text="#000000",
    text_muted="#2e2e2e",
    placeholder="#4a4a4a",
    disabled="#767676",
    accent="#0a3fa8",
    accent_strong="#062c78",
    accent_soft="#dbe7ff",
    on_accent="#ffffff",
    link="#0a3fa8",
    ok="#00502a",
    ok_soft="#e6f7ed",
    warn="#633a00",
    warn_soft="#fff3dd",
    bad="#8c0f0a",
    bad_soft="#ffeceb",
    idle="#4a4a4a",
    selection="#b7d0ff",
    chart_1="#0a3fa8",
    chart_2="#7a3200",
    chart_3="#004f49",
    chart_4="#5314b8",
    chart_5="#8c0f4a",
    chart_6="#3e4a00",
    chart_grid="#000000",
)

CONTRAST_DARK = Tokens(
    name="contrast_dark",
    window="#000000",
    surface="#000000",
    sunken="#161616",
    border="#b4b4b4",
    border_strong="#ffffff",
    track="#4a4a4a",
    text="#ffffff",
    text_muted="#d6d6d6",
    placeholder="#b4b4b4",
    disabled="#8a8a8a",
    accent="#ffd83d",
    accent_strong="#ffe680",
    accent_soft="#3a3100",
    on_accent="#000000",
    link="#ffe26b",
    ok="#6df0a8",
    ok_soft="#00280f",
    warn="#ffc26b",
    warn_soft="#301d00",
    bad="#ffa39b",
    bad_soft="#3a0805",
    idle="#c4c4c4",
    selection="#5c4d00",
    chart_1="#8fc0ff",
    chart_2="#ffb866",
    chart_3="#6dece0",
    chart_4="#d3bdff",
    chart_5="#ffa6d0",
    chart_6="#d8ec7a",
    chart_grid="#ffffff",
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
    ("placeholder", "surface"),
    ("placeholder", "sunken"),
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
    ("disabled", "surface"),
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
