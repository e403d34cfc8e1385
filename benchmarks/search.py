"""Time of a search among many publications, beside a plain `LIKE` over the same texts in the same run.

    python benchmarks/search.py [PUBLICATIONS]

Texts are sentences of acts with random places, firms, sums and numbers (seed 7). Works in the database of
DATABASE_URL, which must be a throw-away one, or in a SQLite file of its own. Prints JSON. Passes no judgement.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingbai.config.settings")

WORKS = [
    "排水沟整修",
    "文化广场地砖",
    "机井维修",
    "保洁员工资",
    "光伏电站租金",
    "鱼塘承包款",
    "路灯电费",
    "低保金",
    "残疾人补贴",
]
FIRMS = [
    "安徽淮河建设工程有限公司",
    "蚌埠市政养护队",
    "小蚌埠镇农机站",
    "曹老集建材经营部",
    "沫河口电力服务部",
]
ACTS = ["记账凭证", "办完一步", "会议决议", "开始公示", "合同履行一笔", "签订合同"]
ASKED = [
    "村",
    "低保",
    "排水沟",
    "安徽淮河建设",
    "光伏 租金",
    "77123",
    "2026-08-记-12",
    "曹老集 机井",
    "没有的词语",
]
ASKED += ["记账凭证 鱼塘", "金额收款方"]
ROUNDS = 15


def main(count: int) -> None:
    """Measure in a folder that is removed."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MINGBAI_DATA"] = folder
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        json.dump(_filled(count) | _asked(), sys.stdout, indent=1, ensure_ascii=False)


def _texts(count: int) -> Iterator[tuple[int, str, str]]:
    chance = random.Random(7)
    for order in range(1, count + 1):
        village = f"3403111{chance.randrange(1, 96):05d}"
        month = f"20{chance.randrange(18, 27)}-{chance.randrange(1, 13):02d}"
        text = (
            f"{chance.choice(WORKS)} {chance.choice(ACTS)} {village} 第{chance.randrange(1, 30)}村民组 "
            f"收款方 {chance.choice(FIRMS)} 金额 {chance.randrange(100, 200_000)}.{chance.randrange(100):02d}元 "
            f"凭证 {month}-记-{chance.randrange(1, 60)} 办理人 村委会主任 {month}-{chance.randrange(1, 29):02d}"
        )
        yield order, village, text


def _filled(count: int) -> dict[str, float]:
    """The index and the peer's plain table, filled with the same texts."""
    from django.db import connection, transaction

    from mingbai.search import models
    from mingbai.search.rules import index_tokens, marks

    began = time.perf_counter()
    with transaction.atomic(), connection.cursor() as database:
        database.execute("CREATE TABLE plain_text (seq bigint PRIMARY KEY, body text)")
        rows, plain = [], []
        for order, village, text in _texts(count):
            rows.append((order, [*marks(village, "ledger."), *index_tokens(text)]))
            plain.append((order, text))
            if len(rows) == 5_000 or order == count:
                models.add(rows)
                database.executemany("INSERT INTO plain_text (seq, body) VALUES (%s, %s)", plain)
                rows, plain = [], []
    with connection.cursor() as database:
        database.execute("ANALYZE")
    return {"publications": count, "filled_in_s": round(time.perf_counter() - began, 1)}


def _asked() -> dict[str, object]:
    from django.db import connection

    from mingbai.search import models
    from mingbai.search.rules import Question, ask, within

    def ours(typed: str, place: str = "") -> Callable[[], object]:
        return lambda: models.find(Question((*ask(typed).phrases, *within(place, ""))), 2**62, 21)

    def peer(typed: str) -> Callable[[], object]:
        terms = [f"%{term}%" for term in typed.split()]
        where = " AND ".join(["body LIKE %s"] * len(terms))

        def run() -> object:
            with connection.cursor() as database:
                database.execute(
                    f"SELECT seq FROM plain_text WHERE {where} ORDER BY seq DESC LIMIT 21", terms
                )
                return database.fetchall()

        return run

    told = {
        typed: {"ms": _ms(ours(typed)), "in_a_village_ms": _ms(ours(typed, "340311100042"))}
        for typed in ASKED
    }
    for typed in ASKED:
        told[typed]["like_ms"] = _ms(peer(typed), 3)
    return {
        "engine": connection.vendor,
        "searches": told,
        "slowest_ms": max(one["ms"] for one in told.values()),
    }


def _ms(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Median of some runs, in milliseconds."""
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        run()
        taken.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(taken), 2)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
