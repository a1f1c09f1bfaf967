"""Build step: samples and `metadata.yml` lie at the top of the checkout, yet travel in the wheel.

Everything else about the package stands in `pyproject.toml`.
"""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).parent


class BuildWithData(build_py):
    """Copies the top-level data beside the packages that read it."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        build = Path(self.build_lib)
        shutil.copy2(HERE / "metadata.yml", build / "publish" / "metadata.yml")
        shutil.copytree(HERE / "samples", build / "dateline" / "samples", dirs_exist_ok=True)


setup(cmdclass={"build_py": BuildWithData})
