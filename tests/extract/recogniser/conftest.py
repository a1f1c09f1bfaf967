"""The shipped pipelines, loaded once."""

import pytest

import extract


@pytest.fixture(scope="session")
def nlp():
    return extract.load()


@pytest.fixture(scope="session")
def fast():
    return extract.load(fast=True)
