"""A crowd of people in front of a running server: `python -m bench.crowd`, its plan on stdin.

Each person has a connection that stays, signs in with a password, and goes round: the own report,
the rows behind one of its problems, the to-dos, with a pause for thought after each. Now and then
somebody hands in the month; in a burst many do at once. One process without a library, so that it
takes as little as it can of the cores that it shares with what it measures.

Tells one line of JSON at the begin and at the end of the time that is measured of each stage.
"""

import asyncio
import json
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bench.person import Person, Shared, Telling

_PATIENCE = 5.0
"""Seconds after which a question that still waits at the end of a stage counts as an error."""

_AT_ONCE, _TIMES = 8, 2
"""How many open their report at once in the morning, and how often."""


@dataclass(slots=True)
class Plan:
    """What the crowd does; ``stages`` are how many people there are one after the other."""

    port: int
    month: str
    password: str
    people: list[dict[str, Any]]
    stages: list[int]
    seconds: float
    thinking: float
    arrivals: float
    burst: float
    burst_seconds: float
    warm: float
    every: float = 3600.0


@dataclass(slots=True)
class Crowd:
    """All who are there."""

    plan: Plan
    shared: Shared
    people: list[Person] = field(default_factory=list)
    there: list[Person] = field(default_factory=list)
    tasks: set["asyncio.Task[None]"] = field(default_factory=set)

    async def morning(self) -> None:
        """Everybody opens the own report and its problem, a few at a time, so often that each process has seen it.

        What follows from the record alone is worked out then; it is told apart, for after every
        change of the record it is worked out anew.
        """
        at_once, begun = asyncio.Semaphore(_AT_ONCE), time.perf_counter()

        async def open_report(person: Person) -> None:
            async with at_once:
                await person.open_report()

        self.people = [Person(self.shared, told) for told in self.plan.people]
        self.shared.telling = telling = Telling()
        for _ in range(_TIMES):
            await asyncio.gather(*map(open_report, self.people[: max(self.plan.stages)]))
        lasted = time.perf_counter() - begun
        _tell({"event": "morning", "seconds": lasted, **telling.told()})

    async def grow(self, number: int) -> None:
        """Let people come until there are ``number``, so many a second."""
        begun, come = time.perf_counter(), 0
        while len(self.there) < number:
            person = self.people[len(self.there)]
            self.there.append(person)
            task = asyncio.create_task(person.live())
            self.tasks.add(task)
            come += 1
            ahead = begun + come / self.plan.arrivals - time.perf_counter()
            await asyncio.sleep(max(ahead, 0))
        await asyncio.sleep(self.plan.warm)

    async def burst(self) -> int:
        """So many submissions a second for a while; how many were asked for."""
        asked = 0
        begun = time.perf_counter()
        waiting = [p for p in self.there if p.may_hand_in]
        self.shared.random.shuffle(waiting)
        for person in waiting[: int(self.plan.burst * self.plan.burst_seconds)]:
            person.hand_in_now()
            asked += 1
            ahead = begun + asked / self.plan.burst - time.perf_counter()
            await asyncio.sleep(max(ahead, 0))
        return asked

    async def stage(self, number: int) -> dict[str, Any]:
        """Measure with ``number`` people."""
        await self.grow(number)
        _tell({"event": "begin", "people": number})
        self.shared.telling = telling = Telling()
        used, begun = _used(), time.perf_counter()
        await asyncio.sleep(self.plan.seconds / 2)
        asked = await self.burst()
        await asyncio.sleep(max(begun + self.plan.seconds - time.perf_counter(), 0))
        lasted = time.perf_counter() - begun
        waiting = sum(0 < one.since < time.perf_counter() - _PATIENCE for one in self.there)
        if waiting:
            telling.errors["without an answer"] = waiting
        told = {"seconds": lasted, "generator": _used() - used, "burst": asked, **telling.told()}
        self.shared.telling = Telling()
        _tell({"event": "end", "people": number, **told})
        return told


def _used() -> float:
    """Seconds of CPU that this process has taken."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _tell(said: dict[str, Any]) -> None:
    print(json.dumps(said), flush=True)


async def crowd(plan: Plan) -> None:
    """All stages."""
    shared = Shared(
        port=plan.port,
        month=plan.month,
        password=plan.password,
        thinking=plan.thinking,
        every=plan.every,
        random=Random(25),
    )
    shared.random.shuffle(plan.people)
    all_ = Crowd(plan, shared)
    await all_.morning()
    for number in plan.stages:
        await all_.stage(number)
    for task in all_.tasks:
        task.cancel()
    _tell({"event": "over", "mishaps": shared.mishaps[:20]})


def main(arguments: Sequence[str]) -> int:  # noqa: ARG001 - all is in the plan
    """Do what the plan on stdin says."""
    asyncio.run(crowd(Plan(**json.loads(sys.stdin.readline()))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
