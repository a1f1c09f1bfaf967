"""Write the trained encoder as the ONNX file that the package ships.

    python -m extract.training.export FOLDER_WITH_encoder.pt --out extract/recogniser/weights

The graph reads one window: `ids` and `features` (one item per word piece) and `heads` (the first
piece of each word); it answers `scores` (words x tags). Weights are int8 with a scale per output
column (per row for the embeddings); activations are quantised from the window's own range, so
that a window's answer cannot depend on what else is read with it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

MICROSOFT = "com.microsoft"  # the fused operators of onnxruntime
# Without VNNI, AVX2 adds pairs of 8-bit products in 16 bits: 7-bit weights cannot overflow there.
WEIGHT_MAX = 64


class Graph:
    """Collects nodes and constants; every method returns the name of its result."""

    def __init__(self, int8: bool) -> None:
        self.int8 = int8
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, array: np.ndarray) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.array(array, order="C"), name))
        return name

    def ops(
        self, kind: str, count: int, *inputs: str, domain: str = "", **attributes: object
    ) -> list[str]:
        name = f"n{len(self.nodes)}"
        results = [f"{name}_{i}" for i in range(count)]
        self.nodes.append(
            helper.make_node(kind, list(inputs), results, name=name, domain=domain, **attributes)
        )
        return results

    def op(self, kind: str, *inputs: str, domain: str = "", **attributes: object) -> str:
        return self.ops(kind, 1, *inputs, domain=domain, **attributes)[0]

    def linear(self, x: str, weight: np.ndarray, bias: np.ndarray) -> str:
        """x @ weight.T + bias; torch keeps `weight` as (out, in)."""
        matrix = weight.T.astype(np.float32)
        if not self.int8:
            return self.op("Gemm", x, self.constant(matrix), self.constant(bias))
        scale = np.abs(matrix).max(axis=0) / WEIGHT_MAX
        small = np.clip(np.round(matrix / scale), -WEIGHT_MAX, WEIGHT_MAX).astype(np.int8)
        return self.op(
            "DynamicQuantizeMatMul",
            x,
            self.constant(small),
            self.constant(scale.astype(np.float32)),
            self.constant(np.zeros(matrix.shape[1], dtype=np.int8)),
            self.constant(bias.astype(np.float32)),
            domain=MICROSOFT,
        )

    def embedding(self, table: np.ndarray, ids: str) -> str:
        if not self.int8:
            return self.op("Gather", self.constant(table), ids)
        scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-9) / 127
        small = self.constant(np.round(table / scale).astype(np.int8))
        rows = self.op("Cast", self.op("Gather", small, ids), to=TensorProto.FLOAT)
        return self.op("Mul", rows, self.op("Gather", self.constant(scale.astype(np.float32)), ids))

    def norm(self, x: str, weight: np.ndarray, bias: np.ndarray) -> str:
        return self.op(
            "LayerNormalization", x, self.constant(weight), self.constant(bias), epsilon=1e-12
        )


def build(state: dict[str, np.ndarray], layers: int, heads: int, int8: bool) -> onnx.ModelProto:
    """Return the graph of a trained model given its weights by name."""
    g = Graph(int8)
    width = state["norm.weight"].shape[0]
    x = g.embedding(state["words.weight"], "ids")
    length = g.op("Shape", "ids")
    zero, one = g.constant(np.array([0])), g.constant(np.array([1]))
    x = g.op(
        "Add", x, g.op("Slice", g.constant(state["positions.weight"]), zero, length, zero, one)
    )
    x = g.op("Add", x, g.op("Gather", g.constant(state["features.weight"]), "features"))
    x = g.norm(x, state["norm.weight"], state["norm.bias"])
    for i in range(layers):
        w = {k.split(".", 2)[2]: v for k, v in state.items() if k.startswith(f"layers.{i}.")}
        qkv = g.op("Unsqueeze", g.linear(x, w["qkv.weight"], w["qkv.bias"]), zero)
        q, k, v = g.ops("Split", 3, qkv, g.constant(np.array([width] * 3)), axis=2)
        mixed = g.op("MultiHeadAttention", q, k, v, domain=MICROSOFT, num_heads=heads)
        mixed = g.op("Squeeze", mixed, zero)
        if i == layers - 1:  # only the first piece of a word is asked for its tag
            mixed, x = g.op("Gather", mixed, "heads"), g.op("Gather", x, "heads")
        x = g.op("Add", x, g.linear(mixed, w["out.weight"], w["out.bias"]))
        x = g.norm(x, w["norm1.weight"], w["norm1.bias"])
        up = g.op("Gelu", g.linear(x, w["up.weight"], w["up.bias"]), domain=MICROSOFT)
        x = g.op("Add", x, g.linear(up, w["down.weight"], w["down.bias"]))
        x = g.norm(x, w["norm2.weight"], w["norm2.bias"])
    g.op("Gemm", x, g.constant(state["tags.weight"].T), g.constant(state["tags.bias"]))
    g.nodes[-1].output[0] = "scores"
    graph = helper.make_graph(
        g.nodes,
        "dateline-encoder",
        [
            helper.make_tensor_value_info(name, TensorProto.INT64, [axis])
            for name, axis in (("ids", "pieces"), ("features", "pieces"), ("heads", "words"))
        ],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["words", None])],
        g.constants,
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9)


def export(run: Path, out: Path, int8: bool = True) -> Path:
    """Write `encoder.onnx` and `encoder.json` (transitions, about) into `out`."""
    saved = torch.load(run / "encoder.pt", map_location="cpu")
    state = {k: v.numpy().astype(np.float32) for k, v in saved["model"].items()}
    layers = saved["about"]["layers"]
    out.mkdir(parents=True, exist_ok=True)
    target = out / "encoder.onnx"
    onnx.save(build(state, layers, 12, int8), target)
    transitions = [[round(x, 4) for x in row] for row in saved["crf"]["transitions"].tolist()]
    about = {**saved["about"], "transitions": transitions}
    (out / "encoder.json").write_text(json.dumps(about) + "\n")
    return target


def main() -> None:
    """Parse options, export."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("run", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--float", action="store_true", help="keep 32-bit weights")
    args = parser.parse_args()
    target = export(args.run, args.out, not args.float)
    print(target, target.stat().st_size)


if __name__ == "__main__":
    main()
