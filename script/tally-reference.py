"""What script/bench compares `moisson-cli tally` with: the same files read and counted by pref_voting and pabutools.

    tally-reference.py make FOLDER      writes grades.csv (1,000,000 ballots of 20 options) and orders.soc (100,000 of 30)
    tally-reference.py KIND [FILE]      loads the library; reads and counts FILE
"""

import csv
import random
import sys
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


def grades(file: str | None) -> None:
    from pref_voting.grade_methods import majority_judgement
    from pref_voting.grade_profiles import GradeProfile

    if file:
        with open(file) as rows:
            reader = csv.reader(rows)
            options = next(reader)
            ballots = [dict(zip(options, map(int, row))) for row in reader]
        majority_judgement(GradeProfile(ballots, list(range(7))))


def orders(file: str | None) -> None:
    from pref_voting.margin_based_methods import beat_path
    from pref_voting.profiles import Profile

    if file:
        beat_path(Profile.read(file, file_format="preflib"))


def budget(file: str | None) -> None:
    from pabutools.election import Cost_Sat
    from pabutools.election.pabulib import parse_pabulib
    from pabutools.rules import method_of_equal_shares

    if file:
        instance, profile = parse_pabulib(file)
        method_of_equal_shares(instance, profile, sat_class=Cost_Sat)


if __name__ == "__main__":
    what, path = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
    if what == "make" and path:
        make(Path(path))
    else:
        {"grades": grades, "orders": orders, "budget": budget}[what](path)
