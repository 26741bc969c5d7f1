"""What can be wrong with a file or a row: the codes of the contract, each with a word for people.

The one place where a code is declared. A new check that finds none of these fitting adds its own
here; every page and list of problems then has a word for it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CAUSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "unreadable": "文件读不出来",
        "missing-column": "缺少必填列",
        "required": "没有填",
        "type": "格式不对",
        "range": "超出范围",
        "choice": "不在选项里",
        "date": "日期不对",
        "date-ambiguous": "日期分不清月份",
        "date-order": "日期先后不对",
        "digits-lost": "数字丢了位",
        "uscc-checksum": "代码校验不符",
        "id-checksum": "号码校验不符",
        "id-mismatch": "与证件号码不一致",
        "unknown-area": "区划查无",
        "unknown-employer": "单位查无",
        "unknown-union": "工会查无",
        "unknown-agreement": "协议查无",
        "duplicate": "重复登记",
        "already-member": "已在别处入会",
        "ended": "记录已终止",
        "out-of-scope": "不在管理范围",
        "date-month-only": "只有年月",
        "id-15": "15 位旧号",
        "back-dated": "补记从前的",
        "rule": "请看一眼",
    }
)
"""Code of a problem → the short word that heads a list of such problems."""
