"""What script/bench compares `moisson-cli tally` with: the same files read and counted by pref_voting and pabutools.

    tally-reference.py make FOLDER      writes grades.csv (1,000,000 ballots of 20 options) and orders.soc (100,000 of 30)
    tally-reference.py KIND FILE        reads and counts FILE; prints the milliseconds that took, libraries already loaded
"""

import csv
import random
import sys
import time
from collections import Counter
from pathlib import Path


def make(folder: Path) -> None:
    random.seed(2022)
    with (folder / "grades.csv").open("w") as out:
        out.write(",".join(f"o{i}" for i in range(20)) + "\n")
        for _ in range(1_000_000):
            out.write(",".join(random.choices("0123456", k=20)) + "\n")
    orders = Counter(",".join(map(str, random.sample(range(1, 31), 30))) for _ in range(100_000))
    with (folder / "orders.soc").open("w") as out:
        out.write(f"# NUMBER ALTERNATIVES: 30\n# NUMBER VOTERS: 100000\n# NUMBER UNIQUE ORDERS: {len(orders)}\n")
        out.writelines(f"# ALTERNATIVE NAME {i + 1}: o{i}\n" for i in range(30))
        out.writelines(f"{count}: {order}\n" for order, count in orders.items())


def grades(file: str) -> None:
    from pref_voting.grade_methods import majority_judgement
    from pref_voting.grade_profiles import GradeProfile

    def count() -> None:
        with open(file) as rows:
            reader = csv.reader(rows)
            options = next(reader)
            ballots = [dict(zip(options, map(int, row))) for row in reader]
        majority_judgement(GradeProfile(ballots, list(range(7))))

    timed(count)


def orders(file: str) -> None:
    from pref_voting.margin_based_methods import beat_path
    from pref_voting.profiles import Profile

    timed(lambda: beat_path(Profile.read(file, file_format="preflib")))


def budget(file: str) -> None:
    from pabutools.election import Cost_Sat
    from pabutools.election.pabulib import parse_pabulib
    from pabutools.rules import method_of_equal_shares

    def count() -> None:
        instance, profile = parse_pabulib(file)
        method_of_equal_shares(instance, profile, sat_class=Cost_Sat)

    timed(count)


def timed(count) -> None:
    start = time.perf_counter()
    count()
    print(round((time.perf_counter() - start) * 1000))


if __name__ == "__main__":
    what, path = sys.argv[1:]
    make(Path(path)) if what == "make" else {"grades": grades, "orders": orders, "budget": budget}[what](path)
