"""The optional libraries: loaded where they are first needed, or a sentence how to get them."""

import os
import shutil
from importlib import import_module
from pathlib import Path
from types import ModuleType

from gongjian.core.errors import WrongUse


def load(module: str, extra: str) -> ModuleType:
    """The library ``module``; WrongUse where the extra that brings it is not installed."""
    try:
        return import_module(module)
    except ImportError:
        library = module.partition(".")[0]
        raise WrongUse(f"没有安装 {library}，请先安装附加组件 gongjian[{extra}] 再使用。") from None


def require_java() -> None:
    """WrongUse where no Java is found for Spark to run on."""
    home = os.environ.get("JAVA_HOME", "")
    if home and not Path(home, "bin", "java").is_file():
        raise WrongUse(f"JAVA_HOME 的值“{home}”里没有 bin/java，请改成 Java 17 所在的文件夹。")
    if not home and shutil.which("java") is None:
        raise WrongUse(
            "没有找到 Spark 要用的 java，请安装 Java 17（如 openjdk-17-jre-headless）"
            "或用 JAVA_HOME 指明它在哪里。"
        )
