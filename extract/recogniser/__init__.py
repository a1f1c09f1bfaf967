"""The name recogniser: a small transformer encoder run with onnxruntime, and its decoding."""
