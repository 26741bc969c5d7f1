"""`python bench/run.py [--size small|full] [--only NAME…]`: measures, and prints one table."""

import os
import sys
from pathlib import Path

os.chdir(Path(__file__).parents[1])
os.execv(sys.executable, [sys.executable, "-m", "bench", *sys.argv[1:]])
