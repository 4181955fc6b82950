"""What pictures show, in words of the vocabulary: typed by people who looked at them (words.tsv), or told by names (word_rules.json).

vocabulary.json has each word with what means the same. words.tsv has a picture and its words in each line: of all of it, or of its
upper, middle and lower third with | between them; what matters most comes first.
"""

import json
import re
from functools import cache
from pathlib import Path

from .photographs import Photograph
from .sources import Candidate

HERE = Path(__file__).parent
BANDS = 3  # an upper, a middle and a lower part
# Materials and scenes, which look like themselves in any cut of them. Things with a shape are more than a small denoiser learns.
MATTER = tuple("""sky cloud sunset night sea water snow ice mountain rock stone gravel sand soil grass leaves plant tree forest flower bark
moss fog fire wall brick concrete plaster tile marble wood floor roof carpet metal rust grate panel road pavement building
food""".split())
COLOURS = ("red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "black", "white", "grey")  # seen by the pixels

Bands = tuple[tuple[str, ...], ...]  # the words of each band


@cache
def vocabulary() -> dict[str, list[str]]:
    """Each word, and what means the same."""
    return json.loads((HERE / "vocabulary.json").read_text())


@cache
def ids() -> dict[str, int]:
    """The id of each word; 0 is no word."""
    return {word: at for at, word in enumerate(vocabulary(), 1)}


def read_labels(file: Path | None = None) -> dict[str, Bands]:
    """The words of each picture that was looked at. Raises ValueError for a word that is not in the vocabulary."""
    file = file or HERE / "words.tsv"
    return {picture: _bands(said, f"{file.name}: {picture}")
            for picture, said in (line.split("\t") for line in file.read_text().splitlines()[1:])}


def _bands(said: str, where: str) -> Bands:
    bands = tuple(tuple(word for word in band.split(",") if word) for band in said.split("|"))
    unknown = [word for band in bands for word in band if word not in vocabulary()]
    if unknown or len(bands) not in (1, BANDS):
        raise ValueError(f"{where}: {', '.join(unknown) or f'{len(bands)} parts'}.")
    return bands * BANDS if len(bands) == 1 else bands


@cache
def _rules() -> list[tuple[re.Pattern, re.Pattern, tuple[str, ...]]]:
    """Where a picture comes from, what its path says, and the words that this means."""
    table = json.loads((HERE / "word_rules.json").read_text())
    return [(re.compile(where), re.compile(path, re.IGNORECASE), tuple(words))
            for where, rules in table.items() for path, words in rules]


def named(package: str, path: str) -> Bands | None:
    """The words that the names of a picture's package or repository and of its path tell; None if they tell nothing."""
    found = dict.fromkeys(word for where, said, words in _rules() if where.search(package) and said.search(path) for word in words)
    return (tuple(found),) * BANDS if found else None


def words_of_photograph(p: Photograph, labels: dict[str, Bands]) -> Bands | None:
    return labels.get(p.picture) or named(p.repository, p.path)


def words_of_texture(c: Candidate) -> Bands | None:
    return named(c.package, c.inside)
