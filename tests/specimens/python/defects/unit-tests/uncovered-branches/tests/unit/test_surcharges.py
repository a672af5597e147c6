from parcelkit._surcharges import for_service, for_size


def test_large_parcel() -> None:
    assert for_size(1300, 700, 700) == 1000


def test_every_service() -> None:
    assert for_service(True, True, True, True, True) == 2500
