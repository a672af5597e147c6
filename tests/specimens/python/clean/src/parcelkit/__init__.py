"""A typed client for a parcel-tracking service."""

from parcelkit.client import Client
from parcelkit.errors import (
    ApiError,
    MalformedReplyError,
    NotFoundError,
    ParcelKitError,
    RateLimitedError,
    TransportError,
)
from parcelkit.models import Event, Page, Parcel, Status
from parcelkit.numbers import is_valid
from parcelkit.retry import RetryPolicy

__all__ = [
    "ApiError",
    "Client",
    "Event",
    "MalformedReplyError",
    "NotFoundError",
    "Page",
    "Parcel",
    "ParcelKitError",
    "RateLimitedError",
    "RetryPolicy",
    "Status",
    "TransportError",
    "is_valid",
]
