from parcelkit import Client


def test_events_end_at_the_door(service) -> None:
    events = list(Client(service.url, "letmein").events("RR473124829GB"))
    assert events[-1].place == "Whitby"
