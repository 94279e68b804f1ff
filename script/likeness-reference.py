"""What script/bench compares `moisson-cli similar` with: the same titles looking for their texts by scikit-learn's TF-IDF and
nearest neighbours, with the weights that do best there.

    likeness-reference.py search CORPUS QUERIES   searches; prints milliseconds of all queries at once with the index made for them,
                                                  milliseconds of a query alone, and recall at 5, library already loaded
    likeness-reference.py first QUERIES FILE      writes the first of the queries
    likeness-reference.py recall ANSWERS          recall at 5 of what `moisson-cli similar --json` answered
    likeness-reference.py cut CORPUS QUERIES      writes 200 texts of the corpus with a third of their words gone

Tables have columns `id` and `text`; a query looks for the text of its id.
"""

import csv
import json
import random
import sys
import time
from pathlib import Path

NEAREST = 5

# Queries timed one after the other, as people ask them.
ALONE = 200


def rows(path: Path) -> tuple[list[str], list[str]]:
    with path.open(encoding="utf8", newline="") as lines:
        table = list(csv.DictReader(lines))
    return [row["id"] for row in table], [row["text"] for row in table]


def recall(wanted: list[str], found: list[list[str]]) -> float:
    return sum(one in places[:NEAREST] for one, places in zip(wanted, found)) / len(wanted)


def search(corpus: Path, queries: Path) -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.neighbors import NearestNeighbors

    def found(letters: bool) -> tuple[float, float, float]:
        start = time.perf_counter()
        ids, texts = rows(corpus)
        wanted, asked = rows(queries)
        # Letters (3 to 5 within words) find more than words do, and take longer: both are told.
        cut = {"analyzer": "char_wb", "ngram_range": (3, 5)} if letters else {}
        tfidf = TfidfVectorizer(strip_accents="unicode", sublinear_tf=True, **cut)
        near = NearestNeighbors(n_neighbors=min(NEAREST, len(ids)), metric="cosine").fit(tfidf.fit_transform(texts))
        _, places = near.kneighbors(tfidf.transform(asked))
        spent = (time.perf_counter() - start) * 1000
        start = time.perf_counter()
        for text in asked[:ALONE]:
            near.kneighbors(tfidf.transform([text]))
        alone = (time.perf_counter() - start) * 1000 / len(asked[:ALONE])
        return spent, alone, recall(wanted, [[ids[place] for place in one] for one in places])

    for letters in (False, True):
        spent, alone, share = found(letters)
        print(f"{'letters' if letters else 'words'} {spent:.0f} {alone:.2f} {share:.3f}")


def answered(path: Path) -> None:
    with path.open(encoding="utf8") as lines:
        told = [json.loads(line) for line in lines if line.strip()]
    print(f"{recall([one['id'] for one in told], [[match['id'] for match in one['matches']] for one in told]):.3f}")


def cut(corpus: Path, queries: Path) -> None:
    """Texts of the corpus, of six words or more, with a third of their words gone."""
    random.seed(2022)
    long = [(one, text.split()) for one, text in zip(*rows(corpus)) if len(text.split()) >= 6]
    with queries.open("w", encoding="utf8", newline="") as out:
        table = csv.writer(out)
        table.writerow(["id", "text"])
        for one, words in random.sample(long, 200):
            table.writerow([one, " ".join(word for word in words if random.random() > 1 / 3) or words[0]])


def first(queries: Path, file: Path) -> None:
    """One query, so that what all the others take can be told from what the index takes."""
    with queries.open(encoding="utf8", newline="") as lines, file.open("w", encoding="utf8", newline="") as out:
        table = csv.DictReader(lines)
        written = csv.DictWriter(out, table.fieldnames or [])
        written.writeheader()
        written.writerow(next(table))


if __name__ == "__main__":
    what, path, *more = sys.argv[1:]
    if what == "search":
        search(Path(path), Path(more[0]))
    elif what == "recall":
        answered(Path(path))
    else:
        {"cut": cut, "first": first}[what](Path(path), Path(more[0]))
