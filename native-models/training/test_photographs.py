"""The list of photographs, its archives, and their making anew: python -m unittest test_photographs"""

import contextlib
import io
import json
import subprocess
import tempfile
import unittest
import zipfile
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import numpy as np
from PIL import Image

from dataset import build, photographs
from dataset.photographs import Photograph
from dataset.sources import goes_to_held_out, load_list

FIRST = Photograph("photos-01.zip", "a/1.jpg", "someone/pictures", "0" * 40, "in/one.png", "CC0", "A. Person")


def noise(width: int, height: int, seed: int) -> Image.Image:
    coarse = np.random.default_rng(seed).integers(0, 256, (8, 8, 3), np.uint8)
    fine = np.random.default_rng(seed).integers(-8, 9, (height, width, 3))
    smooth = np.asarray(Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC), np.int16)
    return Image.fromarray((smooth + fine).clip(0, 255).astype(np.uint8))


class Folder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def listed(self, found: list[Photograph]):
        """Inside, `found` is the list."""
        photographs.write_list(found, self.folder / "list.tsv")
        return patch.object(photographs, "LIST", self.folder / "list.tsv")


class TheList(Folder):
    def test_what_repeats_is_left_empty_and_read_again(self):
        found = [FIRST, replace(FIRST, picture="a/2.jpg", path="in/two.png#1,2,300,400"), replace(FIRST, credit="Another")]
        photographs.write_list(found, self.folder / "list.tsv")
        self.assertEqual((self.folder / "list.tsv").read_text().splitlines()[2], "\ta/2.jpg\t\t\tin/two.png#1,2,300,400\t\t")
        self.assertEqual(photographs.read_list(self.folder / "list.tsv"), found)

    def test_credits_are_plain_text(self):
        (self.folder / "list.tsv").write_text("head\nz\tp\tr\tc\tf\tCC BY 2.0\tcredit: Forest &amp; Kim K&#xF6;hler\n")
        self.assertEqual(photographs.read_list(self.folder / "list.tsv")[0].credit, "Forest & Kim Köhler")

    def test_a_line_of_another_length_is_named(self):
        (self.folder / "list.tsv").write_text("head\na\tb\n")
        with self.assertRaisesRegex(ValueError, "line 2: 2 fields where 7 belong"):
            photographs.read_list(self.folder / "list.tsv")

    def test_a_crop_knows_its_file_and_box(self):
        crop = replace(FIRST, path="a b.jpg#1,2,300,400")
        self.assertEqual((crop.file, crop.box), ("a b.jpg", (1, 2, 300, 400)))
        self.assertEqual((FIRST.file, FIRST.box), ("in/one.png", None))

    def test_every_picture_of_the_committed_list_has_all_it_needs(self):
        found = photographs.read_list()
        self.assertGreater(len(found), 4000)
        self.assertEqual(len({(p.archive, p.picture) for p in found}), len(found))
        for p in found:
            self.assertTrue(p.file and p.licence and p.credit, p)
            self.assertRegex(p.commit, "^[0-9a-f]{40}$")
            self.assertRegex(p.repository, r"^[\w.-]+/[\w.-]+$")
            self.assertEqual("#" in p.path, p.box is not None, p.path)

    def test_no_picture_of_the_test_set_is_in_it(self):
        self.assertEqual([p.path for p in photographs.read_list() if "bsd" in f"{p.repository}/{p.path}".lower()], [])


class Archives(Folder):
    def archive(self, found: list[Photograph]) -> None:
        with zipfile.ZipFile(self.folder / "photos-01.zip", "w") as writer:
            for i, p in enumerate(found):
                writer.writestr(p.picture, photographs.as_jpeg(noise(400, 300, i), None))

    def candidates(self, listed: list[Photograph]) -> list:
        with self.listed(listed), contextlib.redirect_stdout(io.StringIO()) as said:
            found = photographs.candidates(self.folder)
        self.said = said.getvalue()
        return found

    def test_a_candidate_carries_its_provenance(self):
        self.archive([FIRST])
        found = self.candidates([FIRST, replace(FIRST, picture="missing.jpg")])
        self.assertEqual(len(found), 1)
        self.assertEqual((found[0].package, found[0].version, found[0].inside, found[0].licence, found[0].credit),
                         (FIRST.repository, FIRST.commit, FIRST.path, "CC0", "A. Person"))
        self.assertIn("1 of 2 photographs of the list are not in", self.said)

    def test_without_archives_it_says_what_to_do(self):
        with self.listed([FIRST]), self.assertRaisesRegex(SystemExit, "python -m dataset photographs"):
            photographs.candidates(self.folder)

    def test_crops_of_one_file_are_split_together(self):
        listed = [replace(FIRST, picture="1", path="x.jpg#0,0,300,300"), replace(FIRST, picture="2", path="x.jpg#9,9,400,400"),
                  replace(FIRST, picture="3", path="img_1.jpg"), replace(FIRST, picture="4", path="img_2.jpg")]
        self.archive(listed)
        sources = [c.source for c in self.candidates(listed)]
        self.assertEqual([sources[0] == sources[1], sources[2] == sources[3]], [True, False])

    def test_pictures_of_one_subject_are_split_together(self):
        series, listed = load_list()["photographs"]["series"], photographs.read_list()
        for repository in series:
            mine = [p for p in listed if p.repository == repository]
            sources = {photographs.source_of(p, series) for p in mine}
            self.assertLess(len(sources), len(mine), repository)
            self.assertTrue(sources.isdisjoint(f"{p.repository}/{p.file}" for p in mine), repository)

    def test_the_data_set_names_licence_and_credit_of_each_picture_and_drops_near_duplicates(self):
        listed = [replace(FIRST, picture=f"{i}", path=f"{i}.jpg", credit=f"P{i}") for i in range(4)]
        self.archive(listed[:3])
        with zipfile.ZipFile(self.folder / "photos-01.zip", "a") as writer:
            writer.writestr("3", photographs.as_jpeg(noise(400, 300, 0).resize((800, 600)), None))  # the first one, larger
        found = self.candidates(listed)
        with contextlib.redirect_stdout(io.StringIO()):
            counts = build.build(found, lambda package: "of the package", self.folder / "crops", 0.3, 1)
        records = [json.loads(line) for split in counts
                   for line in (self.folder / "crops" / split / "pictures.jsonl").read_text().splitlines()]
        most = load_list()["photographs"]["crops"]
        self.assertEqual(len(records), 3)
        self.assertEqual({"P1", "P2"} - {r["credit"] for r in records}, set())
        self.assertTrue(all(r["licence"] == "CC0" and r["crops"] <= most for r in records))
        held_out = {c.inside for c in found if goes_to_held_out(c, 0.3)}
        self.assertEqual({r["path"] for r in records if r["path"] in held_out},
                         {json.loads(line)["path"] for line in
                          (self.folder / "crops/heldout/pictures.jsonl").read_text().splitlines()})


class FromRepositories(Folder):
    """Against a repository on this machine."""

    def repository(self) -> str:
        place = self.folder / "someone/pictures"
        (place / "in").mkdir(parents=True)
        noise(1200, 900, 1).save(place / "in/one.png")
        git = ["git", "-c", "user.name=A", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false"]
        for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "Pictures"],
                        ["config", "uploadpack.allowAnySHA1InWant", "true"], ["config", "uploadpack.allowFilter", "true"]):
            subprocess.run([*git, *command], cwd=place, check=True, capture_output=True)
        return subprocess.run(["git", "rev-parse", "HEAD"], cwd=place, check=True, capture_output=True, text=True).stdout.strip()

    def test_archives_are_made_anew_from_their_commits(self):
        whole = replace(FIRST, commit=self.repository())
        crop = replace(whole, picture="a/2.jpg", path="in/one.png#100,100,400,420")
        gone, nowhere = replace(whole, path="in/gone.png"), replace(whole, repository="no/where")
        with self.listed([whole, crop, gone, nowhere]):
            written, problems = photographs.rebuild(self.folder / "out", f"file://{self.folder}")
        self.assertEqual(written, 2)
        self.assertEqual(problems, ["someone/pictures: in/gone.png could not be read.",
                                    f"no/where at {whole.commit} could not be downloaded."])
        with zipfile.ZipFile(self.folder / "out/photos-01.zip") as archive:
            sizes = [Image.open(io.BytesIO(archive.read(name))).size for name in ("a/1.jpg", "a/2.jpg")]
        self.assertEqual(sizes, [(640, 480), (300, 320)])


if __name__ == "__main__":
    unittest.main()
