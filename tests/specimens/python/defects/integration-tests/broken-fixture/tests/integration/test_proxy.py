import pytest

from parcelkit import Client


@pytest.fixture
def proxy(service):
    raise RuntimeError("no proxy is installed")


def test_parcel_is_tracked_through_a_proxy(proxy) -> None:
    assert Client(proxy.url, "letmein").track("RR473124829GB").under_way
