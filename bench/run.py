"""`python bench/run.py [--size small|full] [--only NAME…]`: measures, and prints one table.

`python bench/run.py web …` measures the pages instead (see bench/web.py).
"""

import os
import sys
from pathlib import Path

asked = sys.argv[1:]
module, options = ("bench.web", asked[1:]) if asked[:1] == ["web"] else ("bench", asked)
os.chdir(Path(__file__).parents[1])
os.execv(sys.executable, [sys.executable, "-m", module, *options])
