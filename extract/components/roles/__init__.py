"""Who holds which title where: `doc._.dateline_roles`."""

from .component import Roles, roles

__all__ = ["Roles", "roles"]
