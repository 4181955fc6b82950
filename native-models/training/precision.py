"""Where networks compute in bfloat16."""

import torch


def mixed(device: str | torch.device) -> torch.autocast:
    """bfloat16 for products and convolutions, on a GPU and on CPUs that have instructions for it. Others would imitate it,
    five times slower than float32."""
    kind = torch.device(device).type
    known = torch.cpu.get_capabilities() if kind == "cpu" else {}
    there = kind != "cpu" or bool(known.get("amx_bf16") or known.get("avx512_bf16"))
    return torch.autocast(kind, dtype=torch.bfloat16, enabled=there)
