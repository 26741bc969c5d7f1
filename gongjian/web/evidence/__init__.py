"""Evidence packages: a figure with its rows, its meaning and its links, to take away.

Owns what is in a package and the small verifier that reads it without the product. Refuses to
show links of the trail that whoever takes it may not see. Looks at figures and at the trail."""
