"""A case that was published once for all tests that look at bundles."""

import published
import pytest


@pytest.fixture(scope="session")
def publication(tmp_path_factory):
    """The folder with case/, whole/, subset/, evidence.zip and desk.key; nobody may change what lies there."""
    folder = tmp_path_factory.mktemp("published")
    published.published(folder).close()
    return folder
