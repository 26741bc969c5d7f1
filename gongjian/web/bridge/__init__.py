"""The opening bridge: the last paper totals beside the first figures, and what explains the rest.

Owns its pages. Refuses to store a figure: what is typed here is compared and never published.
Looks at reporting for what was entered, at figures and search for the rows that explain it.
"""
