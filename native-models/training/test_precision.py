"""Where networks compute in bfloat16: python -m unittest test_precision"""

import unittest
from unittest.mock import patch

import torch

from precision import mixed


class Mixed(unittest.TestCase):
    def dtype_with(self, **capabilities: bool) -> torch.dtype:
        """Of a product on a CPU with these instructions."""
        with patch("torch.cpu.get_capabilities", return_value=capabilities), mixed("cpu"):
            return (torch.ones(2, 2) @ torch.ones(2, 2)).dtype

    def test_a_cpu_needs_instructions_for_it(self):
        self.assertEqual(self.dtype_with(avx512_f=True, avx512_bf16=False), torch.float32)
        self.assertEqual(self.dtype_with(avx512_bf16=True), torch.bfloat16)
        self.assertEqual(self.dtype_with(amx_bf16=True), torch.bfloat16)


if __name__ == "__main__":
    unittest.main()
