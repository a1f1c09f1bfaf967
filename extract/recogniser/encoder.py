"""Run the encoder with onnxruntime: windows of words in, a score per tag at each word out.

A window is run alone. Its activations are quantised from its own range, so what else is read at
the same time cannot change its answer; and without padding a batch of one is also the fastest.
"""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import ModelMissing
from .decode import Floats
from .words import Window, word_piecer

WEIGHTS = Path(__file__).parent / "weights"
CLS, SEP = 101, 102


class Encoder:
    """The weights of one folder: `encoder.onnx`, `encoder.json`, `tokenizer.json`.

    Loaded when first used. Can be sent to another process: that one loads them anew.
    """

    def __init__(self, folder: Path = WEIGHTS) -> None:
        self.folder = folder
        if not (folder / "encoder.onnx").exists():
            raise ModelMissing("encoder", f"no weights in {folder}; reinstall, or `make train`")
        self.about: dict[str, Any] = json.loads((folder / "encoder.json").read_text())
        self.transitions: Floats = np.array(self.about["transitions"], dtype=np.float32)
        self.pieces = word_piecer(str(folder / "tokenizer.json"))

    def __getstate__(self) -> dict[str, Any]:
        return {"folder": self.folder}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(state["folder"])  # type: ignore[misc]

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # runs share the processor by documents, not by matrices
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(
            str(self.folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def scores(self, window: Window) -> Floats:
        """Return one row of tag scores per word of `window`."""
        feed = {
            "ids": np.array(window.ids, dtype=np.int64),
            "features": np.array(window.features, dtype=np.int64),
            "heads": np.array(window.heads, dtype=np.int64),
        }
        result: Floats = self._session.run(["scores"], feed)[0]
        return result
