"""What can go wrong, all under `ParcelKitError`."""


class ParcelKitError(Exception):
    """Base of every error that this package raises."""


class TransportError(ParcelKitError):
    """The service could not be reached."""


class MalformedReplyError(ParcelKitError):
    """The service answered something that is no reply of its own."""


class ApiError(ParcelKitError):
    """The service refused a request."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(f"{status}: {message}")
        self.status = status
        self.message = message


class NotFoundError(ApiError):
    """There is no such parcel."""


class RateLimitedError(ApiError):
    """Too many requests; the policy's attempts are used up."""


def error_for(status: int, message: str) -> ApiError:
    """Return the error that stands for a status of the service."""
    kinds = {404: NotFoundError, 429: RateLimitedError}
    return kinds.get(status, ApiError)(status, message)
