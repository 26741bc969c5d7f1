"""The figure store: sums of leaves on cut-off days, as believed now, kept right in every change.

Owns two tables of derived numbers and the proof that they are what the rows give. Refuses to be
a source: any day may be dropped and comes back from the rows; past knowledge, odd days and names
are always computed from rows. Ratios and net figures are worked out when asked, the tree of the
day is joined when asked, so neither is ever stored.
"""
