"""Measurements at the size of a city, each beside a floor taken in the same run.

Owns the made-up city, the stop-watches and the table they are printed in. Refuses to hold a
figure it did not measure itself, and to know anything of the product that a caller could not.
"""
