"""Figures: the catalogue, a figure with its children and the rows behind it.

Owns these screens. Refuses to compute: the indicator engine answers. Looks at indicators."""
