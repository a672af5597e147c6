"""The service's things, as frozen values."""

from datetime import datetime
from enum import StrEnum

import attrs


class Status(StrEnum):
    """Where a parcel stands."""

    REGISTERED = "registered"
    IN_TRANSIT = "in-transit"
    DELIVERED = "delivered"
    RETURNED = "returned"


@attrs.frozen
class Event:
    """Something that happened to a parcel."""

    at: datetime
    place: str
    status: Status


@attrs.frozen
class Page:
    """A page of events; `cursor` leads to the next one, None after the last."""

    events: tuple[Event, ...]
    cursor: str | None = None


@attrs.frozen
class Parcel:
    """A parcel as the service knows it."""

    number: str
    recipient: str
    status: Status

    @property
    def under_way(self) -> bool:
        """Tell whether the parcel has not arrived anywhere yet."""
        return self.status in (Status.REGISTERED, Status.IN_TRANSIT)
