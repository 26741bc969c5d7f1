"""How the chart is said: on a page and as the data from which a script draws other months."""
