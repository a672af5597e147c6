import pytest

from parcelkit import ApiError, Client, NotFoundError, Status, TransportError


def test_parcel_is_tracked_over_http(service) -> None:
    parcel = Client(service.url, "letmein").track("RR473124829GB")
    assert (parcel.recipient, parcel.under_way) == ("A. Ames", True)


def test_parcel_is_registered_over_http(service) -> None:
    parcel = Client(service.url, "letmein").register("CP000000005DE", "B. Booth")
    assert (parcel.number, parcel.status) == ("CP000000005DE", Status.REGISTERED)


def test_pages_are_followed(service) -> None:
    events = Client(service.url, "letmein").events("RR473124829GB")
    assert [event.place for event in events] == ["Leeds", "York", "Hull"]


def test_busy_service_is_asked_again(service) -> None:
    service.busy = 2
    Client(service.url, "letmein").track("RR473124829GB")
    assert service.count == 3


def test_unknown_parcel_over_http(service) -> None:
    with pytest.raises(NotFoundError, match="no such parcel"):
        Client(service.url, "letmein").track("7")


def test_stranger_is_refused(service) -> None:
    with pytest.raises(ApiError, match="401: who are you"):
        Client(service.url, "nobody").track("RR473124829GB")


def test_service_that_has_gone(service) -> None:
    url = service.url
    service.shutdown()
    service.server_close()
    with pytest.raises(TransportError):
        Client(url, "letmein").track("RR473124829GB")
