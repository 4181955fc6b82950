"""What the manifest and PROVENANCE.md say about the data: python -m unittest test_provenance"""

import json
import tempfile
import unittest
from pathlib import Path

from provenance import data_summary, write_provenance, write_words_provenance

DEBIAN = {"package": "krank", "version": "0.7", "path": "a.png", "licence": "GPL-2+", "kind": "texture", "crops": 3}
PHOTOGRAPH = {"package": "someone/pictures", "version": "c0ffee", "path": "in/one.jpg#0,0,300,300", "licence": "CC BY 2.0",
              "credit": "“A lake” by A. Person.", "kind": "photograph", "crops": 4}


class Provenance(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.work = Path(folder.name)
        self.write("heldout", [])

    def write(self, split: str, records: list[dict]) -> None:
        (self.work / "crops" / split).mkdir(parents=True, exist_ok=True)
        lines = "".join(json.dumps(record) + "\n" for record in records)
        (self.work / "crops" / split / "pictures.jsonl").write_text(lines)

    def provenance(self) -> str:
        write_provenance(self.work, self.work / "PROVENANCE.md", "CC-BY-SA-4.0")
        return (self.work / "PROVENANCE.md").read_text()

    def test_packages_and_repositories_are_told_apart(self):
        self.write("train", [DEBIAN, PHOTOGRAPH])
        summary = data_summary(self.work, "joint")
        self.assertEqual((summary["packages"], summary["repositories"]), (["krank"], ["someone/pictures"]))
        self.assertEqual(summary["train"], {"pictures": 2, "crops": 7})
        text = self.provenance()
        self.assertIn("| krank | 0.7 | texture | 1 | 3 | 0 | GPL-2+ |", text)
        self.assertIn("| someone/pictures | c0ffee | photograph | 1 | 4 | 0 | CC BY 2.0 |", text)

    def test_every_photograph_has_its_licence_and_credit(self):
        other = PHOTOGRAPH | {"path": "in/two.jpg", "licence": "CC0", "credit": "Another"}
        self.write("train", [PHOTOGRAPH, PHOTOGRAPH | {"path": "in/one.jpg#9,9,400,400"}])
        self.write("heldout", [other])
        text = self.provenance()
        self.assertIn("- CC BY 2.0. “A lake” by A. Person: `in/one.jpg`\n", text)
        self.assertIn("- CC0. Another: `in/two.jpg`\n", text)
        self.assertIn("| someone/pictures | c0ffee | photograph | 2 | 8 | 1 | CC BY 2.0, CC0 |", text)

    def test_a_set_of_debian_alone_has_no_section_of_photographs(self):
        self.write("train", [DEBIAN])
        self.assertNotIn("repositories", data_summary(self.work, "joint"))
        self.assertNotIn("## Photographs", self.provenance())

    def test_pictures_that_words_were_learned_from_are_counted_once_with_all_their_crops(self):
        crops = [DEBIAN | {"heldOut": False}, DEBIAN | {"heldOut": False}, PHOTOGRAPH | {"heldOut": True}]
        (self.work / "crops.jsonl").write_text("".join(json.dumps(crop) + "\n" for crop in crops))
        write_words_provenance(self.work / "crops.jsonl", self.work / "words.md", "CC-BY-SA-4.0")
        text = (self.work / "words.md").read_text()
        self.assertIn("| krank | 0.7 | texture | 1 | 2 | 0 | GPL-2+ |", text)
        self.assertIn("| someone/pictures | c0ffee | photograph | 0 | 0 | 1 | CC BY 2.0 |", text)
        self.assertIn("- CC BY 2.0. “A lake” by A. Person: `in/one.jpg`\n", text)


if __name__ == "__main__":
    unittest.main()
