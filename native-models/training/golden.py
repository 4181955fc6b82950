"""Small expected values for the tests of every program that runs the package."""

import numpy as np

MASK = 1024
FORMULA = (
    "64x64, row y, column x, channel c in 0..2: v = 0.5 + 0.3 sin((x + 2 c) / 9) + 0.2 cos((y - 3 c) / 7); "
    "input of the encoder = 2 v - 1, computed in float64, rounded to float32"
)


def picture() -> np.ndarray:
    """[1, 3, 64, 64] float32 in [-1, 1]."""
    c, y, x = np.mgrid[:3, :64, :64].astype(np.float64)
    value = 0.5 + 0.3 * np.sin((x + 2 * c) / 9) + 0.2 * np.cos((y - 3 * c) / 7)
    return (2 * value - 1).astype(np.float32)[None]


def golden(encoder, decoder, denoiser) -> dict:
    """The three arguments are onnxruntime sessions; all values come from the exported files themselves."""
    ids, distance = encoder.run(["ids", "distance"], {"image": picture()})
    image = decoder.run(["image"], {"ids": ids})[0][0]
    tokens = ids.copy()
    tokens[0, 2:6, 2:6] = MASK
    select = np.flatnonzero(tokens == MASK)
    logits = denoiser.run(["logits"], {"tokens": tokens, "select": select})[0]
    points = [[0, 0], [7, 8], [20, 33], [31, 31], [40, 12], [63, 63]]
    cells = [0, 5, 10, 15]
    best = np.sort(logits, axis=1)
    return {
        "comment": "Values of the exported package on a picture given by a formula. Integer kernels differ between CPUs "
                   "in the last digits, hence the tolerances; argmax is listed only where the best logit leads by 0.5.",
        "picture": FORMULA,
        "encoder": {
            "ids": ids[0].tolist(),
            "distanceMean": round(float(distance.mean()), 5),
            "idsMayDiffer": 1, "distanceTolerance": 1e-3,
        },
        "decoder": {
            "pixels": [{"y": y, "x": x, "rgb": [round(float(v), 5) for v in image[:, y, x]]} for y, x in points],
            "tolerance": 2e-3,
        },
        "denoiser": {
            "masked": "rows 2..5, columns 2..5 of ids set to 1024",
            "select": select.tolist(),
            "logits": [{"row": r, "first8": [round(float(v), 4) for v in logits[r, :8]]} for r in cells],
            "argmax": [{"row": r, "id": int(logits[r].argmax())} for r in range(16) if best[r, -1] - best[r, -2] > 0.5],
            "tolerance": 0.15,
        },
    }
