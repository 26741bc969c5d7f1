"""How figures, their parts and the rows behind them are said on a page."""
