"""One case in which everything happened, copied for each test that spoils it."""

import shutil

import attacker
import desk
import pytest
import vouched
from faults import Scenes
from scene import Scene


@pytest.fixture(scope="session")
def whole(tmp_path_factory):
    """The case as it was made; nobody writes to it."""
    papers = tmp_path_factory.mktemp("papers")
    return desk.make(tmp_path_factory.mktemp("cases") / "whole", papers)


@pytest.fixture(scope="session")
def unpublished(tmp_path_factory):
    """The same case before anything was exported: an attacker has no report to betray him."""
    papers = tmp_path_factory.mktemp("papers")
    return desk.make(tmp_path_factory.mktemp("cases") / "unpublished", papers, publish=False)


@pytest.fixture
def folder(whole, tmp_path):
    """A copy to spoil."""
    return shutil.copytree(whole, tmp_path / "case")


class Stage(dict):
    """The two signed cases, each to be spoiled as often as one likes, and their histories."""

    @property
    def histories(self):
        return Scenes(self["demanding"].events, self["mixed"].events)


@pytest.fixture(scope="session")
def scenes(tmp_path_factory):
    """Both kinds of signed case."""
    made = {"demanding": vouched.demanding, "mixed": vouched.mixed}
    return Stage(
        {
            name: Scene(
                make(tmp_path_factory.mktemp("made") / name, tmp_path_factory.mktemp("papers")),
                tmp_path_factory.mktemp("scenes") / name,
            )
            for name, make in made.items()
        }
    )


@pytest.fixture
def record(unpublished, tmp_path):
    """A copy of the case, and its events as plain JSON."""
    folder = shutil.copytree(unpublished, tmp_path / "case")
    return folder, attacker.documents(folder)
