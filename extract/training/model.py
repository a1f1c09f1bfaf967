"""The network: MiniLM, a case feature per word added to its input, and a CRF on top.

The CRF's loss marginalises over what is not known (see gold.py): it is
log Z(all taggings) - log Z(taggings that stay inside the allowed sets).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from ..recogniser.words import FEATURES, TAGS

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
FORBIDDEN = -1e4


@dataclass(frozen=True)
class Sizes:
    """The shape of all-MiniLM-L6-v2; `layers` may be fewer than its six."""

    vocabulary: int = 30522
    positions: int = 512
    width: int = 384
    heads: int = 12
    inner: int = 1536
    layers: int = 6
    dropout: float = 0.1


class Layer(nn.Module):
    def __init__(self, sizes: Sizes):
        super().__init__()
        self.heads = sizes.heads
        width = sizes.width
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, sizes.inner)
        self.down = nn.Linear(sizes.inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(sizes.dropout)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        batch, length, width = x.shape
        q, k, v = (
            self.qkv(x)
            .view(batch, length, 3, self.heads, width // self.heads)
            .permute(2, 0, 3, 1, 4)
        )
        mixed = nn.functional.scaled_dot_product_attention(
            q, k, v, attn_mask=bias, dropout_p=self.dropout.p if self.training else 0.0
        )
        mixed = mixed.transpose(1, 2).reshape(batch, length, width)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(nn.functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Word pieces and features in, a score per tag at each word piece out."""

    def __init__(self, sizes: Sizes):
        super().__init__()
        self.sizes = sizes
        self.words = nn.Embedding(sizes.vocabulary, sizes.width)
        self.positions = nn.Embedding(sizes.positions, sizes.width)
        self.features = nn.Embedding(FEATURES, sizes.width)
        self.norm = nn.LayerNorm(sizes.width, eps=1e-12)
        self.dropout = nn.Dropout(sizes.dropout)
        self.layers = nn.ModuleList(Layer(sizes) for _ in range(sizes.layers))
        self.tags = nn.Linear(sizes.width, len(TAGS))
        nn.init.zeros_(self.features.weight)
        self.words.weight.requires_grad_(False)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor | None = None) -> Tensor:
        x = self.words(ids) + self.positions.weight[: ids.shape[1]] + self.features(features)
        x = self.dropout(self.norm(x))
        bias = None if mask is None else mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return self.tags(x)


def load_base(path: Path, layers: int) -> Encoder:
    """Read the first `layers` layers of all-MiniLM-L6-v2 from its safetensors file.

    Raises ValueError when the file is not the one whose checksum is known.
    """
    from safetensors.torch import load_file

    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != BASE_SHA256:
        raise ValueError(f"{path}: sha256 {found}, expected {BASE_SHA256}")
    weights = load_file(str(path))
    model = Encoder(Sizes(layers=layers))
    table: dict[str, Tensor] = {
        # the token type is always 0, so its embedding is part of every word's
        "words.weight": weights["embeddings.word_embeddings.weight"]
        + weights["embeddings.token_type_embeddings.weight"][0],
        "positions.weight": weights["embeddings.position_embeddings.weight"],
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    for i in range(layers):
        old = f"encoder.layer.{i}."
        names = {
            "out": "attention.output.dense",
            "norm1": "attention.output.LayerNorm",
            "up": "intermediate.dense",
            "down": "output.dense",
            "norm2": "output.LayerNorm",
        }
        for part in ("weight", "bias"):
            table[f"layers.{i}.qkv.{part}"] = torch.cat(
                [weights[f"{old}attention.self.{x}.{part}"] for x in ("query", "key", "value")]
            )
            for new, name in names.items():
                table[f"layers.{i}.{new}.{part}"] = weights[f"{old}{name}.{part}"]
    missing, unexpected = model.load_state_dict(table, strict=False)
    if unexpected or any(not m.startswith(("tags", "features")) for m in missing):
        raise ValueError(f"{path}: weights do not fit: {missing} {unexpected}")
    return model


def forbidden_transitions() -> Tensor:
    """Return a matrix (from, to): 0 where a tag may follow another, FORBIDDEN where not."""
    matrix = torch.zeros(len(TAGS), len(TAGS))
    for i, before in enumerate(TAGS):
        for j, after in enumerate(TAGS):
            if after.startswith("I-") and before[1:] != after[1:]:
                matrix[i, j] = FORBIDDEN
    return matrix


class Crf(nn.Module):
    """A linear chain over the words of a window; a paragraph break ends every name."""

    def __init__(self) -> None:
        super().__init__()
        self.transitions = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.register_buffer("rules", forbidden_transitions())
        inside = torch.tensor([FORBIDDEN if tag.startswith("I-") else 0.0 for tag in TAGS])
        self.register_buffer("opening", inside)

    def log_z(self, scores: Tensor, breaks: Tensor, mask: Tensor) -> Tensor:
        """Return log Z per window; `scores` (B, T, tags), `breaks` and `mask` (B, T)."""
        step = self.transitions + self.rules
        alpha = scores[:, 0] + self.opening
        for t in range(1, scores.shape[1]):
            arrive = torch.logsumexp(alpha[:, :, None] + step, dim=1)
            arrive = arrive + scores[:, t] + breaks[:, t, None] * self.opening
            alpha = torch.where(mask[:, t, None], arrive, alpha)
        return torch.logsumexp(alpha, dim=1)

    def forward(self, scores: Tensor, allowed: Tensor, breaks: Tensor, mask: Tensor) -> Tensor:
        """Return the loss, summed over windows. `allowed` is 0 or FORBIDDEN, shaped as scores."""
        both = torch.cat([scores, scores + allowed])
        z = self.log_z(both, breaks.repeat(2, 1), mask.repeat(2, 1))
        every, inside = z.chunk(2)
        return (every - inside).sum()
