#!/bin/sh
# Prints the Python to build the virtual environment with, or one sentence about what is missing.
set -eu

refuse() {
    printf '%s\n' "$1" >&2
    exit 1
}

free_kb=$(df -Pk . | awk 'NR == 2 { print $4 }')
[ "$free_kb" -ge 2097152 ] || refuse "磁盘剩余空间不足 2 GB，请先清理。 / Less than 2 GB of disk is free: make room first."

for candidate in "${PYTHON:-python3}" python3.11 python3.12 python3.13 python3.14; do
    found=$(command -v "$candidate") || continue
    "$found" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    "$found" -c 'import ensurepip, venv' 2>/dev/null ||
        refuse "$found 缺少 venv 模块，请安装 python3-venv。 / $found has no venv module: install python3-venv."
    printf '%s\n' "$found"
    exit 0
done
refuse "没有找到 Python 3.11 或更新版本，请先安装。 / No Python 3.11 or newer was found: install one first."
