"""Every error the service raises on purpose. Each message names what to do about it.

QAServiceError
├── SettingsError         a setting is unknown, malformed or out of range
├── InputError            a request breaks the contract (the field is named)
├── MissingPackage        an optional package that this needs is not installed
├── DatasetError          a question set to evaluate is not what it should be
├── CalibrationError      nothing could be calibrated, or what was is not for this model
├── FeedbackError         feedback cannot be stored, read or exported
│   ├── FeedbackFull      its file may not grow any more
│   └── FeedbackNotFound  no feedback of that id is stored
├── FollowingError        questions that are followed cannot be kept, or news not sent
├── TokenError            a token of a program cannot be made, kept or read
├── BackupError           a backup cannot be written, or what was given is none
├── FetchFailed           what lies at an address cannot be had for now
│   ├── NotThere            there is nothing at that address any more
│   └── Refused             a web server does not give it to us
├── DocumentNotFound      no document of that id in the index in use
│   └── DocumentWithdrawn   an earlier build held it, this one does not
├── OriginalUnavailable   the file behind a document changed, left or cannot be shown
├── UploadError           an uploaded file cannot be taken or found
│   ├── UploadExists      a file of that name is there already
│   ├── UploadNotFound    no file of that name was uploaded
│   └── UploadsFull       the folder of uploads may not grow any more
├── ProviderAway          what people sign in at does not answer, or not as it should
├── NotAnswering          no process could answer for now
├── TookTooLong           work beside answering went on longer than it may
├── UnreadableDocument    one source file cannot be read; the rest goes on
└── IndexingError         anything wrong with builds
    ├── NoIndex           nothing has been built yet
    ├── BuildFailed       nothing could be built; the old build stays in use
    ├── BuildLocked       another process is building in this index folder
    ├── BuildNotFound     no build of that name is kept
    ├── DamagedBuild      a file of the build is not what its manifest says
    ├── EngineUnavailable the server that holds the builds does not answer for now
    ├── EngineMismatch    its tables are of a newer version than this service knows
    └── ModelError        the model cannot be loaded, or is not the build's model
        └── NotExportable   only the library that it came from can run it
"""

from __future__ import annotations

from qa_service.translation.catalogue import _


class QAServiceError(Exception):
    """Base of every error that a face shows to its user as a plain message."""


class SettingsError(QAServiceError):
    """A setting is unknown, malformed or out of range."""


class InputError(QAServiceError):
    """A request breaks the contract. `field` names the part that does."""

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(f"{field}: {detail}")
        self.field = field
        self.detail = detail

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str]]:
        """Made again of both, where it comes from another process."""
        return type(self), (self.field, self.detail)


class MissingPackage(QAServiceError):
    """An optional package that this needs is not installed."""


class DatasetError(QAServiceError):
    """A question set to evaluate is missing, broken or empty."""


class CalibrationError(QAServiceError):
    """Confidence cannot be calibrated, or the stored calibration cannot be used."""


class FeedbackError(QAServiceError):
    """Feedback cannot be stored, read or exported."""


class FeedbackFull(FeedbackError):
    """The file of feedback has reached its size, or the disk is full."""


class FeedbackNotFound(FeedbackError):
    """No feedback of that id is stored, or it was taken back."""


class FollowingError(QAServiceError):
    """Questions that are followed cannot be kept or read, or news on them not sent."""


class TokenError(QAServiceError):
    """A token of a program cannot be made or withdrawn, or their file not be read."""


class BackupError(QAServiceError):
    """A backup cannot be written or restored."""


class FetchFailed(QAServiceError):
    """What lies at an address cannot be had for now. The message is the reason."""


class NotThere(FetchFailed):
    """There is nothing at that address any more, as whoever keeps it says."""


class Refused(FetchFailed):
    """A web server does not give what is at an address to whoever asks like this."""


class DocumentNotFound(QAServiceError):
    """No document of that id stands in the index in use."""


def unknown_document(document_id: str) -> DocumentNotFound:
    """The same for an id that there is not and for one that whoever asks may not read."""
    return DocumentNotFound(
        _("no document %(name)s; /documents lists them all", name=repr(document_id))
    )


class DocumentWithdrawn(DocumentNotFound):
    """A document that has left the corpus. `moved_to` is the id it has now, if it was renamed."""

    def __init__(self, message: str, moved_to: str | None = None) -> None:
        super().__init__(message)
        self.moved_to = moved_to


class OriginalUnavailable(QAServiceError):
    """The file that a document was read from is not the same any more, or cannot be shown."""


class UnreadableDocument(QAServiceError):
    """One source file cannot be read. The message is the reason, without the path."""


class UploadError(QAServiceError):
    """An uploaded file cannot be taken, or not be found."""


class UploadExists(UploadError):
    """A file of that name was uploaded before and is not replaced without being told."""


class UploadNotFound(UploadError):
    """No file of that name was uploaded, or it was removed."""


class UploadsFull(UploadError):
    """The folder of uploads has reached its size, or the disk is full."""


class ProviderAway(QAServiceError):
    """Where people sign in, or whose keys sign their groups, does not answer for now."""


class NotAnswering(QAServiceError):
    """No process could answer for now; asked again later, one may."""


class TookTooLong(QAServiceError):
    """Work beside answering went on longer than it may, and was given up."""


class IndexingError(QAServiceError):
    """Base of everything that is wrong with builds."""


class NoIndex(IndexingError):
    """Nothing has been built yet in the index folder."""


class BuildFailed(IndexingError):
    """Nothing could be built; the build in use stays as it is."""


class BuildLocked(IndexingError):
    """Another process is building in the same index folder."""


class BuildNotFound(IndexingError):
    """No build of that name is kept in the index folder."""


class DamagedBuild(IndexingError):
    """A file of the build is missing or not the one its manifest names."""


class EngineUnavailable(IndexingError):
    """The server that holds the builds does not answer for now; asked again later, it may."""


class EngineMismatch(IndexingError):
    """The server's tables are of a version that this service does not know."""


class ModelError(IndexingError):
    """The model cannot be loaded, or is not the one the build was made with."""


class NotExportable(ModelError):
    """A model that ONNX Runtime cannot run as its own library does; the message says why."""
