"""Named configurations: python -m unittest test_config"""

import argparse
import json
import tempfile
import unittest
from pathlib import Path
from unittest.mock import patch

import config


class NamedConfigurations(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        patched = patch.object(config, "FOLDER", Path(folder.name))
        patched.start()
        self.addCleanup(patched.stop)
        text = json.dumps({"stage": {"minutes": 5, "mirror": True}})
        (Path(folder.name) / "small.json").write_text(text)

    def parse(self, *flags: str, section: str = "stage", **more: dict) -> argparse.Namespace:
        parser = argparse.ArgumentParser()
        config.add_settings(parser, minutes={"type": float}, mirror={"action": argparse.BooleanOptionalAction}, **more)
        return config.fill_settings(parser.parse_args(["--config", "small", *flags]), section)

    def test_settings_come_from_the_configuration(self):
        args = self.parse()
        self.assertEqual((args.minutes, args.mirror), (5, True))

    def test_flags_override_it(self):
        args = self.parse("--minutes", "0", "--no-mirror")
        self.assertEqual((args.minutes, args.mirror), (0, False))

    def test_a_name_that_does_not_exist_is_refused_with_the_names_that_do(self):
        with self.assertRaisesRegex(SystemExit, "no configuration large.*small"):
            self.parse("--config", "large")

    def test_a_section_that_lacks_a_setting_is_refused(self):
        with self.assertRaisesRegex(SystemExit, "section stage.*batch"):
            self.parse(batch={"type": int})
        with self.assertRaisesRegex(SystemExit, "section other"):
            self.parse(section="other")


class TheShippedConfiguration(unittest.TestCase):
    def test_it_names_the_package_that_is_shipped(self):
        package = config.load_config(config.SHIPPED)["package"]
        manifest = json.loads((Path(__file__).parent / "../packages" / package["id"] / "manifest.json").read_text())
        for key in ("id", "name", "version", "license"):
            self.assertEqual(package[key], manifest[key])


if __name__ == "__main__":
    unittest.main()
