"""What eyes make of two colours: contrast, and how far apart they look to people who see no red or no green."""

# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009),
# table 1, severity 1.0; they work on linear sRGB.
SIGHTS = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}  # fmt: skip
# IEC 61966-2-1: linear sRGB to XYZ; white is D65.
_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE = (0.95047, 1.0, 1.08883)


def linear(colour):
    """#rrggbb as three parts from 0 to 1, proportional to light (IEC 61966-2-1)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def times(matrix, vector):
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def contrast(one, two):
    """WCAG 2.2, 1.4.3: from 1 to 21."""
    light, dark = sorted((times(_XYZ, linear(each))[1] for each in (one, two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(light):
    """CIE 1976 L*a*b* of linear sRGB."""
    x, y, z = (
        t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116
        for t in (value / white for value, white in zip(times(_XYZ, light), _WHITE, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def apart(one, two, sight):
    """The distance of two colours (CIE 1976) as this sight sees them; 2.3 can just be told apart."""
    seen = ([min(max(part, 0), 1) for part in times(SIGHTS[sight], linear(each))] for each in (one, two))
    return sum((a - b) ** 2 for a, b in zip(*map(lab, seen), strict=True)) ** 0.5
