"""Masks, batches, packs, even areas and the way back from a package, on crops made of noise: python -m unittest test_training"""

import tempfile
import unittest
from pathlib import Path
from unittest.mock import patch

import numpy as np
import torch
from PIL import Image

import train_denoiser
from data import Crops, batches, stored_batches
from dataset import crops, filters, pack
from evaluate import session
from masks import KINDS, random_masks
from model.denoiser import CODES, MASK, Denoiser
from onnx_export.denoiser import export_denoiser
from onnx_export.read import read_denoiser, read_tokenizer
from test_support import PACKAGE, make_crops


class Masks(unittest.TestCase):
    def test_every_size_has_holes_of_all_shares(self):
        rng = torch.Generator().manual_seed(1)
        for height, width in ((8, 8), (12, 20), (32, 32)):
            masks = random_masks(400, height, width, rng)
            share = masks.float().mean((1, 2))
            self.assertEqual(masks.shape, (400, height, width))
            self.assertTrue(bool(masks.any(2).any(1).all()))
            self.assertLess(float(share.min()), 0.1)
            self.assertGreater(float(share.max()), 0.8)
            self.assertTrue(0.25 < float(share.mean()) < 0.6)

    def test_each_kind_alone(self):
        for k in range(len(KINDS)):
            chances = tuple(float(i == k) for i in range(len(KINDS)))
            with patch("masks.CHANCES", chances), patch("masks.THINNED", 0.0):
                masks = random_masks(64, 24, 24, torch.Generator().manual_seed(k)).float()
            # shapes hang together: next to a missing token another is missing far more often than by chance
            beside = float((masks[:, :, 1:] * masks[:, :, :-1]).sum() / masks[:, :, 1:].sum())
            self.assertGreater(beside, 0.7 if k else 0.4, KINDS[k])


class Batches(unittest.TestCase):
    def test_crops_and_windows(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            make_crops(folder)
            images = next(batches(Crops(folder / "train"), 10, 64, seed=1))
            self.assertEqual(images.shape, (10, 3, 64, 64))
            self.assertLess(float(images.abs().max()), 1.001)

    def test_stored_tokens_lie_where_their_pixels_do(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            make_crops(folder)
            crops = Crops(folder / "train")
            tokens = crops.pixels[:, None, ::8, ::8, 0].astype(np.uint16)  # each cell "is" the red of its first pixel
            images, ids = next(stored_batches(crops, tokens, 8, 64, seed=1))
            self.assertEqual((images.shape, ids.shape), ((8, 3, 64, 64), (8, 8, 8)))
            self.assertTrue(torch.equal(((images[:, 0, ::8, ::8] + 1) * 127.5).round().long(), ids))
            np.save(folder / "train/tokens.npy", np.random.default_rng(0).integers(0, 1024, (18, 2, 32, 32)).astype(np.uint16))
            windows = train_denoiser.Windows(folder / "train", scale=0.5)
            for _ in range(20):
                ids, missing = windows.batch()
                self.assertEqual(ids.shape, missing.shape)
                self.assertTrue(0 <= int(ids.min()) and int(ids.max()) < MASK)


class Pack(unittest.TestCase):
    def test_unpacks_to_what_build_writes(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            make_crops(folder / "crops")
            counts = pack.pack(folder / "crops", folder / "pack", 50)
            self.assertEqual(pack.unpack(folder / "pack", folder / "again"), counts)
            before, after = Crops(folder / "crops/train"), Crops(folder / "again/train")
            self.assertEqual(len(after), len(before))
            self.assertEqual(after.picture_of.tolist(), before.picture_of.tolist())
            self.assertLess(np.abs(after.pixels.astype(int) - before.pixels).mean(), 12)

    def test_keeps_to_its_size(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            make_crops(folder / "crops")
            with patch.object(pack, "PART", 20_000):
                pack.pack(folder / "crops", folder / "pack", 0.06)
            sizes = [file.stat().st_size for file in (folder / "pack").glob("*.zip")]
            self.assertGreater(len(sizes), 1)
            self.assertLess(max(sizes), 20_000)
            self.assertLess(sum(sizes), 60_000)


class HeldOut(unittest.TestCase):
    def test_what_is_chosen_on_is_not_what_is_reported_on(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            make_crops(folder / "crops", pictures=9)
            lines = pack.export_held_out(folder / "crops", folder / "out", 4)
            pictures = {}
            for line in lines:
                file, _, path = line.split("\t")
                self.assertTrue((folder / "out" / file).exists())
                pictures.setdefault(file.split("/")[0], []).append(path)
            self.assertEqual(set(pictures), {"report", "choose"})
            self.assertFalse(set(pictures["report"]) & set(pictures["choose"]))
            self.assertEqual({len(pictures[role]) for role in pictures}, {8})
            self.assertEqual(len(lines), len((folder / "out/pictures.tsv").read_text().splitlines()))


class EvenAreas(unittest.TestCase):
    def picture(self, leaves: int) -> Image.Image:
        """1024 px wide and high: leaves on the left, this many pixels of them, and a sky of 9 grey levels with grain."""
        rng = np.random.default_rng(0)
        sky = 150 + np.linspace(0, 8, 1024)[:, None, None] + rng.normal(0, 1, (1024, 1024, 3))
        sky[:, :leaves] = rng.integers(0, 256, (1024, leaves, 3))
        return Image.fromarray(sky.astype(np.uint8))

    def test_a_bounded_share_of_crops_is_even(self):
        for leaves, count, allowed in ((512, 48, 4), (512, 10, 1), (0, 24, 2), (1024, 24, 0)):
            pixels = crops.cut(self.picture(leaves), None, count, np.random.default_rng(1))
            spread = pixels.std(axis=(1, 2)).max(1)
            self.assertEqual(int((spread <= crops.EVEN).sum()), allowed)
            self.assertGreater(float(spread.min()), 0)

    def test_crops_stay_in_the_order_drawn(self):
        """Figures are taken on the first crops of a picture: even ones may not all come last."""
        pixels = crops.cut(self.picture(512), None, 48, np.random.default_rng(1))
        even = np.flatnonzero(pixels.std(axis=(1, 2)).max(1) <= crops.EVEN)
        self.assertLess(int(even[0]), len(pixels) // 2)

    def test_a_wall_is_a_picture_and_one_colour_is_not(self):
        wall, paint = self.picture(0), Image.new("RGB", (512, 512), (200, 190, 180))
        self.assertTrue(filters.acceptable(wall, "photograph"))
        self.assertFalse(filters.acceptable(paint, "photograph"))
        self.assertEqual(len(crops.cut(paint, None, 8, np.random.default_rng(1))), 0)


class FromPackage(unittest.TestCase):
    def test_tokenizer_computes_what_its_files_do(self):
        model = read_tokenizer(PACKAGE).eval()
        image = torch.rand((1, 3, 64, 64), generator=torch.Generator().manual_seed(1)) * 2 - 1
        ids = session(PACKAGE / "encoder.onnx").run(["ids"], {"image": image.numpy()})[0]
        self.assertGreater((model.encode(image).numpy() == ids).mean(), 0.98)
        theirs = session(PACKAGE / "decoder.onnx").run(None, {"ids": ids})[0]
        ours = model.decode(torch.from_numpy(ids)).clamp(-1, 1).numpy()
        self.assertLess(np.abs(ours - theirs).max(), 1e-3)

    def test_denoiser_gives_the_same_file_again_and_the_same_logits_in_float(self):
        model = read_denoiser(PACKAGE).eval()
        tokens = torch.randint(0, 1024, (1, 12, 12), generator=torch.Generator().manual_seed(1))
        tokens[:, 3:8, 3:8] = MASK
        select = (tokens == MASK).flatten().nonzero().squeeze(1)
        feed = {"tokens": tokens.numpy(), "select": select.numpy()}
        with tempfile.TemporaryDirectory() as name:
            export_denoiser(model, Path(name) / "int8.onnx")
            export_denoiser(model, Path(name) / "float.onnx", None)
            again, exact = (session(Path(name) / f"{n}.onnx").run(None, feed)[0] for n in ("int8", "float"))
        shipped = session(PACKAGE / "denoiser.onnx").run(None, feed)[0]
        self.assertLess(np.abs(again - shipped).max(), 1e-3)
        with torch.no_grad():
            self.assertLess(np.abs(model(tokens, select).numpy() - exact).max(), 1e-3)


class AnotherTokenizer(unittest.TestCase):
    def test_the_same_codes_under_other_numbers_mean_the_same(self):
        rng = torch.Generator().manual_seed(1)
        model, other = Denoiser(1, 64, 1).eval(), torch.randperm(CODES, generator=rng)
        before = torch.arange(2 * 4096).remainder(CODES).view(8, 1, 32, 32)
        model.head.bias.data = torch.zeros(CODES)
        ids = before[:1, 0, :9, :9].clone()
        select = torch.tensor([40, 41])
        first = model(ids.masked_fill(torch.arange(81).view(1, 9, 9) == 40, MASK), select)
        model.remap_vocabulary(train_denoiser.cooccurrence(other[before].short(), before.numpy()))
        second = model(other[ids].masked_fill(torch.arange(81).view(1, 9, 9) == 40, MASK), select)
        np.testing.assert_allclose(second[:, other].detach(), first.detach(), atol=1e-4)

    def test_a_code_that_stands_for_two_is_between_them_and_one_never_used_is_unlikely(self):
        model = Denoiser(1, 64, 1)
        rows = model.embed.weight.detach().clone()
        counts = torch.eye(CODES) * 100
        counts[5, 6] = 100
        counts[9] = 0
        model.remap_vocabulary(counts)
        torch.testing.assert_close(model.embed.weight[5], (rows[5] + rows[6]) / 2)
        torch.testing.assert_close(model.embed.weight[MASK], rows[MASK])
        bias = model.head.bias.detach()
        self.assertLess(float(bias[9]), float(bias[10]) - 4)

    def test_tokens_of_other_crops_are_refused(self):
        with self.assertRaisesRegex(SystemExit, "2 crops.*3"):
            train_denoiser.cooccurrence(torch.zeros(3, 1, 4, 4), np.zeros((2, 1, 4, 4)))


if __name__ == "__main__":
    unittest.main()
