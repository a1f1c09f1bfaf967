"""The organisation that issues a release: `doc._.dateline_issuer`."""

from .component import Issuer, issuer

__all__ = ["Issuer", "issuer"]
