"""Who files in the made-up province: kinds of departments, and counties that are on no map."""

from __future__ import annotations

from dataclasses import dataclass

_FIRST = "霁芷棠鹭萤笙黛绮砚琥珀檀苔茗蘅蕙筠篁霏霭岚漪澹濯瑾琬翎翊骊"
_SECOND = "汀渚坞陌畴皋墅埭磬笛帆桨榭廊舫蓑笠棹渡苑圃畦垄"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of department: its own functional codes begin with `home`, its `programmes` lie elsewhere."""

    name: str
    home: str
    programmes: tuple[str, ...] = ()


KINDS = (
    Kind("医疗保障局", "21015", ("2101202", "2101301", "2296013")),
    Kind("教育局", "205"),
    Kind("民政局", "20802", ("2081901", "2081902", "2082102", "2082001", "2296002")),
    Kind("卫生健康局", "21001", ("2100408", "2100302", "2100717")),
    Kind("人力资源和社会保障局", "20801", ("2080705", "2082602")),
    Kind("财政局", "20106"),
    Kind("退役军人事务局", "20828", ("2080801", "2080805", "2080901")),
    Kind("农业农村局", "21301", ("2130701", "2130705")),
    Kind("市场监督管理局", "20138"),
    Kind("住房和城乡建设局", "21201", ("2210199", "2120501")),
    Kind("人民政府办公室", "20103"),
)


def county(number: int) -> str:
    """Return the name of a county by its number, from 0; each has another.

    >>> county(0), county(1), county(700)
    ('霁汀县', '芷渚县', '芷渚市萤桨县')
    """
    above, within = divmod(number, len(_FIRST) * len(_SECOND))
    first, second = within % len(_FIRST), (within + within // len(_FIRST)) % len(_SECOND)
    name = f"{_FIRST[first]}{_SECOND[second]}县"
    return f"{county(above).removesuffix('县')}市{name}" if above else name
