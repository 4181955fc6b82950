"""Words beside the denoiser: python -m unittest test_words"""

import json
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

import train_words
from dataset.words import COLOURS, MATTER, ids, named, read_labels, vocabulary
from evaluate import session
from export_words import offered
from model.denoiser import MASK
from model.words import MOST, LedDenoiser
from onnx_export.read import read_denoiser
from onnx_export.words import export_words
from test_support import PACKAGE
from words_data import colour_names


class Labels(unittest.TestCase):
    def test_all_labels_are_words_in_one_part_or_three(self):
        labels = read_labels()
        self.assertGreater(len(labels), 400)
        self.assertTrue(all(len(bands) == 3 for bands in labels.values()))

    def test_unknown_words_are_named(self):
        with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
            file.write("picture\twords\na.jpg\tsky|brik|grass\n")
            file.flush()
            with self.assertRaisesRegex(ValueError, "a.jpg: brik"):
                read_labels(Path(file.name))

    def test_each_text_means_one_word(self):
        texts = [text for word, also in vocabulary().items() for text in (word, *also)]
        self.assertEqual(len(texts), len(set(texts)))
        self.assertTrue({*COLOURS, *MATTER} <= set(ids()))

    def test_names_tell_words(self):
        self.assertEqual(named("redeclipse-data", "textures/old_brick_moss.jpg"), (("brick", "wall", "moss"),) * 3)
        self.assertEqual(named("redeclipse-data", "sand/door.png"), (("door",),) * 3)
        self.assertIsNone(named("redeclipse-data", "textures/a17.jpg"))

    def test_colours_are_called_by_their_names(self):
        pixels = np.zeros((256, 256, 3), np.uint8)
        pixels[:128], pixels[128:] = (40, 90, 200), (60, 140, 40)
        found = colour_names(pixels)
        self.assertEqual({found[0, 0], found[31, 31]}, {ids()["blue"], ids()["green"]})


class Led(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(1)
        self.denoiser = read_denoiser(PACKAGE)
        self.model = LedDenoiser(self.denoiser, 3).eval()
        self.tokens = torch.randint(0, 1024, (2, 8, 9))
        self.tokens[:, 2:6, 2:6] = MASK
        self.select = (self.tokens == MASK).flatten().nonzero().squeeze(1)
        self.words = torch.zeros(2, MOST, dtype=torch.int64)

    def teach(self):
        with torch.no_grad():
            for look in self.model.words.looks:
                look.value.weight.normal_(std=0.2)
                look.out.weight.normal_(std=0.1)
            self.model.words.codes.weight.normal_()

    @torch.no_grad()
    def test_without_words_it_is_the_denoiser(self):
        self.teach()
        alone = self.denoiser(self.tokens, self.select)
        self.assertTrue(torch.equal(self.model(self.tokens, self.select, self.words), alone))
        self.words[1, 0] = 2  # leads the second window and not the first
        led = self.model(self.tokens, self.select, self.words)
        half = len(self.select) // 2
        self.assertTrue(torch.allclose(led[:half], alone[:half], atol=1e-4))
        self.assertFalse(torch.allclose(led[half:], alone[half:], atol=0.1))

    @torch.no_grad()
    def test_counts_make_codes_likelier(self):
        counts = torch.full((4, 1024), 100.0)
        counts[2, 7] = 100_000
        self.model.words.start_from_counts(counts)
        self.words[:, 0] = 2
        added = self.model(self.tokens, self.select, self.words) - self.denoiser(self.tokens, self.select)
        self.assertTrue((added.argmax(1) == 7).all())

    @torch.no_grad()
    def test_words_that_are_not_offered_are_forgotten_and_the_others_say_the_same(self):
        self.teach()
        self.words[:, 0] = 3
        before = self.model(self.tokens, self.select, self.words)
        self.model.words.keep([1, 3])
        self.words[:, 0] = 2
        self.assertTrue(torch.equal(self.model(self.tokens, self.select, self.words), before))
        self.assertEqual(offered(["sky", "sea", "rock"], ["rock", "sky"]), ["sky", "rock"])
        with self.assertRaisesRegex(SystemExit, "not learned: cat"):
            offered(["sky"], ["sky", "cat"])

    @torch.no_grad()
    def test_the_graph_gives_the_same_and_holds_no_second_denoiser(self):
        for taught in (False, True):
            if taught:
                self.teach()
            else:
                self.model.words.codes.weight.normal_()
            with tempfile.TemporaryDirectory() as folder:
                place = Path(folder)
                (place / "denoiser.onnx").write_bytes((PACKAGE / "denoiser.onnx").read_bytes())
                export_words(self.model.words, place / "denoiser.onnx", place / "words.onnx")
                self.assertLess((place / "words.onnx").stat().st_size, 2_500_000)
                led, alone = session(place / "words.onnx"), session(place / "denoiser.onnx")
                feed = {"tokens": self.tokens.numpy(), "select": self.select.numpy()}
                base = alone.run(None, feed)[0]
                none = led.run(None, feed | {"words": self.words.numpy()})[0]
                self.assertLess(np.abs(none - base).max(), 1e-3)
                words = self.words.clone()
                words[1, :2] = torch.tensor([1, 3])
                ours = self.model(self.tokens, self.select, words).numpy()
                theirs = led.run(None, feed | {"words": words.numpy()})[0]
                self.assertLess(np.abs(ours - theirs).mean(), 0.1)  # integer weights round what goes into them


class Windows(unittest.TestCase):
    def test_words_are_those_of_the_missing_part(self):
        with tempfile.TemporaryDirectory() as folder:
            place, sky, grass = Path(folder), ids()["sky"], ids()["grass"]
            records = [{"source": f"{at}", "heldOut": False} for at in range(6)]
            (place / "crops.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
            words = np.zeros((6, 32, 4), np.uint8)
            words[:, :16, 0], words[:, 16:, 0] = sky, grass
            np.save(place / "words.npy", words)
            np.save(place / "colours.npy", np.zeros((6, 32, 32), np.uint8))
            np.save(place / "tokens.npy", np.arange(6 * 1024).reshape(6, 32, 32) % 1024)
            known = train_words.shown_often(place)
            self.assertEqual([word for word in known if word not in COLOURS], ["sky", "grass"])
            windows = train_words.WordWindows(place, False, 1, known)
            hole = np.zeros((16, 16), bool)
            hole[:4] = True
            self.assertEqual(windows.asked(0, 2, 0, hole), [known.index("sky") + 1])
            self.assertEqual(windows.asked(0, 16, 0, hole), [known.index("grass") + 1])
            tokens, missing, said = windows.batch(16, 8)
            self.assertEqual((tokens.shape, missing.shape, said.shape), ((8, 16, 16), (8, 16, 16), (8, MOST)))
            self.assertTrue(bool(missing.flatten(1).any(1).all()))


if __name__ == "__main__":
    unittest.main()
