"""Blobs in a folder: on this disk, or on one that a whole office mounts."""

import errno
import os
import stat
from hashlib import sha256
from pathlib import Path

from factcheck.blobs.content import absent, changed, key_of, named, unkept
from factcheck.errors import BadData, NotFound, Unavailable
from factcheck.files import LARGEST_FILE, cannot_write, keep, own_folder, read_plain, sync_folder


class LocalBlobs:
    """Blobs below `folder`, which is made when the first one comes, or has to be `begun`. None is larger than `most` bytes."""

    def __init__(self, folder: Path, *, most: int = LARGEST_FILE, begun: bool = False) -> None:
        self._folder, self._most, self._begun = folder.absolute(), most, begun

    def begin(self) -> None:
        """Make the folder, and what tells it from one that is not mounted."""
        try:
            (self._folder / "sha256").mkdir(parents=True, exist_ok=True)
            sync_folder(self._folder)
        except OSError as error:
            raise cannot_write(self._folder, error) from error

    def put(self, data: bytes) -> str:
        name = named(data, self._most)
        path = self._path(name)
        if os.path.lexists(path):
            self.get(name)
            return name
        self._make(path.parent)
        keep(path, data)
        try:
            self.get(name)
        except (NotFound, BadData) as error:
            raise unkept(str(path), error.seen or "nothing") from error
        return name

    def get(self, sha256: str) -> bytes:
        path = self._path(sha256)
        try:
            data = self._plain(path)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise absent(str(path)) from error
        except OSError as error:
            raise self._unread(path, error) from error
        if (seen := _digest(data)) != sha256:
            raise changed(str(path), f"{len(data)} bytes with SHA-256 {seen}")
        return data

    def has(self, sha256: str) -> bool:
        path = self._path(sha256)
        try:
            return stat.S_ISREG(path.lstat().st_mode)
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError as error:
            raise self._unread(path, error) from error

    def where(self, sha256: str) -> str:
        return str(self._path(sha256))

    def _path(self, name: str) -> Path:
        path = self._folder / key_of(name)
        if self._begun and not (self._folder / "sha256").is_dir():
            raise Unavailable(
                "the folder for the files of all desks is not here.",
                where=str(self._folder),
                remedy="mount it; who keeps the server makes it: factcheck server init DSN --blobs FOLDER",
            )
        return path

    def _plain(self, path: Path) -> bytes:
        if path.is_symlink():
            raise OSError(errno.ELOOP, "a link", str(path))
        return read_plain(path, most=self._most)

    def _make(self, shelf: Path) -> None:
        """The two folders that lead to a blob: ours, so never links, and durable before what lies in them."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for folder in (shelf.parent, shelf):
                own_folder(folder)
                if not folder.is_dir():
                    folder.mkdir(exist_ok=True)
                    sync_folder(folder.parent)
        except OSError as error:
            raise cannot_write(shelf, error) from error

    @staticmethod
    def _unread(path: Path, error: OSError) -> BadData | Unavailable:
        if error.errno in {errno.EINVAL, errno.EISDIR, errno.ELOOP, errno.EFBIG}:
            return changed(str(path), str(error.strerror))
        return Unavailable(
            "the blob cannot be read.",
            where=str(path),
            seen=str(error.strerror),
            remedy="check the disk and who may read there, then repeat the command",
        )


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()
