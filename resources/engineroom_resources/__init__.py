"""Data files of Engineroom: icons, font, theme, tables."""
