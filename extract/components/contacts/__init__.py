"""Contacts: press contacts with mail, telephone and web."""

from .component import Contacts, contacts

__all__ = ["Contacts", "contacts"]
