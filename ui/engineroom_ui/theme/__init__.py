"""Named colours, palette, the one style sheet, fonts and icons."""
