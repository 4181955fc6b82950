"""words.onnx: the denoiser of a package as words lead it. tokens int64 [B, h, w], select int64 [M], words int64 [B, MOST] -> logits
float32 [M, K].

It is the graph of the package with the looks at words put in, if they have learned something, and with what words make likelier. The
large weights stay where they are, in the file of the denoiser beside it: words cost two megabytes and not a second denoiser.
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import NodeProto, TensorProto, helper
from onnx.external_data_helper import set_external_data
from torch import nn

from model.words import HEADS, KEY, MOST, Look, Words

from .graph import Graph

OUTSIDE = 1024  # bytes: weights from this size on stay in the other file
REFUSED = -1e9  # the score of a place without a word


def export_words(words: Words, denoiser: Path, file: Path) -> None:
    """denoiser: the package's graph; `file` is to lie beside it. Exits if its blocks are not those of the words."""
    model = onnx.load(denoiser)
    graph = model.graph
    _leave_outside(model, denoiser)
    new = Graph({}, prefix="words_")
    places = _places(list(graph.node))
    looks = [look for look in words.looks if look.taught]  # one that has learned nothing adds nothing
    if looks and len(places) != len(words.looks):
        raise SystemExit(f"{denoiser} has {len(places) - 1} blocks, and the words were trained with {len(words.looks) - 1}.")
    if looks:
        said = new("Gather", new.half(words.embed.weight), "words")  # [B, MOST, ROOM]
        given = new("Unsqueeze", new("Greater", "words", new.constant(np.int64(0))), new.constant([1, 2]))  # [B, 1, 1, MOST]
    led, out = {}, []
    for node in graph.node:
        for look, (place, norm) in zip(looks, places):
            if place is node:
                x = node.input[0]
                normed = new("LayerNormalization", x, *norm.input[1:], axis=-1, epsilon=_epsilon(norm))
                led[x] = new("Add", x, _look(new, look, normed, said, given))
        for at, name in enumerate(node.input):
            node.input[at] = led.get(name, name)
        out += [*new.nodes, node]
        new.nodes = []
    out = _with_likelier(new, words, out)
    del graph.node[:]
    graph.node.extend(out)
    graph.initializer.extend(new.weights)
    graph.input.append(helper.make_tensor_value_info("words", TensorProto.INT64, ["B", MOST]))
    graph.name = file.stem
    file.write_bytes(model.SerializeToString())


def _with_likelier(g: Graph, words: Words, nodes: list[NodeProto]) -> list[NodeProto]:
    """The last node gives the logits; what words make likelier is added to what it takes. See model.words.Words.likelier."""
    *others, last = nodes
    share = g("Cast", g("Greater", "words", g.constant(np.int64(0))), to=TensorProto.FLOAT)  # [B, MOST]
    count = g("Max", g("ReduceSum", share, g.constant([1]), keepdims=1), g.constant(1.0))
    share = g("Unsqueeze", g("Div", share, count), g.constant([1]))  # [B, 1, MOST]
    likelier = g("Squeeze", g("MatMul", share, g("Gather", g.half(words.codes.weight), "words")), g.constant([1]))  # [B, K]
    sizes = g("Slice", g("Shape", "tokens"), g.constant([1]), g.constant([3]))
    window = g("Div", "select", g("ReduceProd", sizes, keepdims=0))  # of each selected cell
    last.input[0] = g("Add", last.input[0], g("Gather", likelier, window))
    return [*others, *g.nodes, last]


def _places(nodes: list[NodeProto]) -> list[tuple[NodeProto, NodeProto]]:
    """Before which nodes tokens look at words, and with which norm: the first norm of each block, and where cells are chosen for
    the head."""
    norms = [node for node in nodes if node.op_type == "LayerNormalization"]
    made = {name: node for node in nodes for name in node.output}
    gather = made[norms[-1].input[0]]
    return [(norm, norm) for norm in norms[:-1:2]] + [(made[gather.input[0]], norms[-1])]


def _epsilon(norm: NodeProto) -> float:
    return next(attribute.f for attribute in norm.attribute if attribute.name == "epsilon")


def _look(g: Graph, look: Look, x: str, words: str, given: str) -> str:
    """What is added to the tokens x [B, n, width]; see model.words.Look."""
    q = _heads(g, _linear(g, x, look.query))  # [B, H, n, key]
    k = g("Transpose", _heads(g, _linear(g, words, look.key)), perm=[0, 1, 3, 2])  # [B, H, key, MOST]
    scores = g("Where", given, g("Mul", g("MatMul", q, k), g.constant(KEY**-0.5)), g.constant(REFUSED))
    nothing = g("Mul", g("Slice", q, g.constant([0]), g.constant([1]), g.constant([3])), g.constant(0.0))
    shares = g("Softmax", g("Concat", nothing, scores, axis=-1), axis=-1)
    shares = g("Slice", shares, g.constant([1]), g.constant([MOST + 1]), g.constant([3]))  # [B, H, n, MOST]
    heard = g("Gelu", _linear(g, x, look.into), approximate="tanh")
    heard = g("Mul", heard, _mixed(g, shares, words, look.loudness))
    return g("Add", _mixed(g, shares, words, look.value), g("MatMul", heard, g.half(look.out.weight.t())))


def _mixed(g: Graph, shares: str, words: str, said: nn.Linear) -> str:
    """[B, n, C]: what the words say, by their shares; see model.words."""
    parts = _heads(g, g("MatMul", words, g.half(said.weight.t())))  # [B, H, MOST, C / H]
    return g("Reshape", g("Transpose", g("MatMul", shares, parts), perm=[0, 2, 1, 3]), g.constant([0, 0, -1]))


def _heads(g: Graph, x: str) -> str:
    """[B, n, C] -> [B, H, n, C / H]"""
    return g("Transpose", g("Reshape", x, g.constant([0, 0, HEADS, -1])), perm=[0, 2, 1, 3])


def _linear(g: Graph, x: str, layer: nn.Linear) -> str:
    return g("Add", g("MatMul", x, g.half(layer.weight.t())), g.constant(layer.bias))


def _leave_outside(model: onnx.ModelProto, file: Path) -> None:
    """Large weights become references to their bytes in `file`."""
    data = file.read_bytes()
    for weight in model.graph.initializer:
        raw = weight.raw_data
        if len(raw) >= OUTSIDE:
            set_external_data(weight, file.name, data.index(raw), len(raw))
            weight.ClearField("raw_data")
