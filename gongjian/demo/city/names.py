"""Invented names: of people, firms, trades, public bodies. None of them is meant to be anybody."""

from typing import Final, NamedTuple

from gongjian.demo.city.chance import Chance

SURNAMES: Final = (
    "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
    "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史"
    "顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛"
)
GIVEN: Final = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰秀珍建国红梅志文海燕林春晓雪琴云"
    "飞鹏辉波斌宇浩凯健俊帆峰龙洁莉萍玲婷雯琳倩欣怡佳慧颖蓉莲凤菊清泉永康福贵祥德仁义信"
    "东南中正光荣兴盛安泰顺成全胜利新民生立学思远大山川江河"
)
BRANDS: Final = (
    tuple("宏鑫瑞恒盛金华泰富安兴隆昌永吉顺和裕丰茂广源润达通远祥嘉佳德信诚铭锦天启明辉"),
    tuple("达源泰丰盛兴隆昌业信诚和顺发展越腾飞翔宇海洋洲江川峰岭森林木禾田园康宁安民"),
)


class Line(NamedTuple):
    """A line of business: weight, 门类 of GB/T 4754, what its firms call themselves, and how many
    of a hundred workers are women and migrants."""

    weight: int
    letter: str
    words: tuple[str, ...]
    women: int
    migrants: int


LINES: Final = (
    Line(24, "C", ("机械制造", "电子科技", "汽车零部件", "电器", "金属制品", "塑胶"), 34, 38),
    Line(8, "C", ("食品", "粮油加工", "酒业", "调味品"), 52, 40),
    Line(5, "C", ("丝绸", "服装", "纺织"), 72, 46),
    Line(8, "C", ("建材", "水泥制品", "玻璃", "化工", "包装印务"), 28, 52),
    Line(22, "F", ("商贸", "医药", "百货", "超市", "农资", "汽车销售服务"), 58, 26),
    Line(9, "H", ("餐饮管理", "宾馆", "酒店", "大酒楼"), 64, 48),
    Line(6, "G", ("运输", "物流", "出租汽车"), 18, 36),
    Line(5, "K", ("房地产开发", "物业管理"), 40, 34),
    Line(4, "L", ("商务服务", "人力资源服务", "广告"), 49, 20),
    Line(4, "I", ("软件", "信息技术", "网络科技"), 36, 10),
    Line(3, "A", ("农业开发", "生态种养", "茶业"), 47, 58),
    Line(2, "B", ("矿业", "页岩"), 12, 62),
)
"""What firms do that belong to no industry agreement."""

BUILDING: Final = Line(
    1, "E", ("建筑工程", "建设集团", "建筑安装", "装饰工程", "市政工程", "路桥工程"), 14, 68
)

TRADES: Final = (
    ("餐饮", Line(1, "H", ("餐饮管理", "大酒楼", "火锅"), 64, 48)),
    ("运输", Line(1, "G", ("运输", "货运", "客运"), 16, 34)),
    ("汽车维修", Line(1, "O", ("汽车维修", "汽车修理"), 15, 40)),
    ("商贸零售", Line(1, "F", ("商贸", "超市", "百货"), 60, 24)),
    ("建材", Line(1, "C", ("建材", "石材", "木业"), 27, 50)),
    ("宾馆旅店", Line(1, "H", ("宾馆", "酒店"), 66, 42)),
    ("医药", Line(1, "F", ("医药", "药业连锁"), 63, 15)),
    ("食品加工", Line(1, "C", ("食品", "粮油加工"), 54, 42)),
    ("机械加工", Line(1, "C", ("机械", "铸造", "模具"), 26, 38)),
    ("丝绸纺织", Line(1, "C", ("丝绸", "纺织", "服饰"), 74, 46)),
    ("页岩砖瓦", Line(1, "C", ("页岩砖", "新型墙材"), 22, 66)),
    ("物业管理", Line(1, "K", ("物业管理", "物业服务"), 44, 38)),
    ("美容美发", Line(1, "O", ("美容美发", "美发造型"), 70, 40)),
    ("农资农机", Line(1, "F", ("农资", "农机"), 30, 36)),
)
"""Trades with federations of their own: what the federation is called, what its firms do."""

GIANT: Final = "绵阳江汇电子集团有限公司"
"""The city's largest firm: invented, like all others."""

BUREAUS: Final = (
    "财政局", "国土资源局", "住房和城乡建设局", "交通运输局", "水务局", "农业局", "林业局",
    "商务局", "文化体育局", "卫生局", "审计局", "环境保护局", "统计局", "安全生产监督管理局",
    "教育局", "科学技术局", "民政局", "司法局", "人力资源和社会保障局", "公安局", "粮食局",
    "档案局", "畜牧食品局", "信访局", "旅游局", "食品药品监督管理局", "规划局", "广播电视局",
    "机关事务管理局", "招商局", "人民法院", "人民检察院", "地震局", "扶贫移民局", "供销社",
)  # fmt: skip
SCHOOLS: Final = ("中心小学校", "初级中学校", "中心卫生院", "农业服务中心", "中心幼儿园")
SOCIETIES: Final = ("商会", "个体私营经济协会", "餐饮行业协会", "消费者协会", "老科技工作者协会")
CLUBS: Final = ("幼儿园", "职业培训学校", "康复医院", "敬老院")
SHOPS: Final = ("火锅店", "理发店", "汽修店", "副食店", "药房", "五金店")
STREETS: Final = ("商贸市场", "工业集中区", "商圈", "楼宇", "物流园")


class Namer:
    """Gives names, never the same twice to firms."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._given: set[str] = set()

    def person(self) -> str:
        """A person's name."""
        return name_of(int(self._chance.draw() * 9_007_199_254_740_992))

    def firm(self, place: str, line: Line) -> str:
        """A firm's name: place, brand, trade, form."""
        form = "有限责任公司" if self._chance.percent(18) else "有限公司"
        return self._once(place, self._chance.pick(line.words) + form)

    def body(self, place: str, words: str) -> str:
        """The name of a small body that bears a brand of its own: a nursery, a shop."""
        return self._once(place, words)

    def _once(self, place: str, rest: str) -> str:
        while True:
            brand = "".join(self._chance.pick(half) for half in BRANDS)
            name = f"{place}{brand}{rest}"
            if name not in self._given and brand[0] != brand[1]:
                self._given.add(name)
                return name


def name_of(number: int) -> str:
    """A personal name out of a large number: a surname and one or two syllables."""
    number, surname = divmod(number, len(SURNAMES))
    number, first = divmod(number, len(GIVEN))
    number, second = divmod(number, len(GIVEN))
    return SURNAMES[surname] + GIVEN[first] + (GIVEN[second] if number % 5 else "")
