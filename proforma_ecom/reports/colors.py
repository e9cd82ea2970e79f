"""Colours that stay readable on paper: pure functions on "#rrggbb" texts."""

import re

INK = "#1c1c1e"
PAPER = "#ffffff"

# WCAG 2.1, success criterion 1.4.3: https://www.w3.org/TR/WCAG21/#contrast-minimum
MIN_CONTRAST = 4.5


def parse_color(color):
    """Return red, green and blue (0-255) of "#rgb" or "#rrggbb", or None.

    :rtype: tuple[int, int, int] | None
    """
    digits = (color or "").strip().lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    if not re.fullmatch(r"[0-9a-fA-F]{6}", digits):
        return None
    return tuple(int(digits[start : start + 2], 16) for start in (0, 2, 4))


def mix(color, other, share):
    """Return the first colour with the given share (0-1), the rest being the other."""
    pairs = zip(parse_color(color), parse_color(other), strict=True)
    channels = (round(one * share + two * (1 - share)) for one, two in pairs)
    return "#{:02x}{:02x}{:02x}".format(*channels)


def contrast(color, other):
    """Return the contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(color), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(color, background=PAPER):
    """Return the colour, darkened as little as needed to be read as small text.

    :param str color: Any text; what is no colour gives the colour of the text.
    :param str background: The colour it is printed on.
    """
    if not parse_color(color):
        return INK
    for percent in range(100, 0, -5):
        darker = mix(color, "#000000", percent / 100)
        if contrast(darker, background) >= MIN_CONTRAST:
            return darker
    return INK


def _luminance(color):
    def linear(channel):
        value = channel / 255
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(channel) for channel in parse_color(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
