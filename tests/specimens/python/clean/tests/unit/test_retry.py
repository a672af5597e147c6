import pytest

from parcelkit.retry import RetryPolicy, is_passing, send_again
from parcelkit.transport import Reply


@pytest.mark.parametrize(("attempt", "seconds"), [(0, 0.25), (1, 0.5), (4, 4.0), (9, 8.0)])
def test_delay_doubles_up_to_the_cap(attempt: int, seconds: float) -> None:
    assert RetryPolicy().delay(attempt) == seconds


@pytest.mark.parametrize(("asked", "seconds"), [(2.0, 2.0), (60.0, 8.0)])
def test_service_may_ask_for_a_delay(asked: float, seconds: float) -> None:
    assert RetryPolicy().delay(0, asked) == seconds


@pytest.mark.parametrize(
    ("status", "passing"), [(200, False), (404, False), (429, True), (503, True)]
)
def test_passing_refusals(status: int, passing: bool) -> None:
    assert is_passing(Reply(status, b"")) is passing


def test_first_lasting_reply_is_returned() -> None:
    replies = [Reply(503, b""), Reply(429, b"", 3.0), Reply(200, b"ok"), Reply(200, b"late")]
    slept: list[float] = []
    reply = send_again(lambda: replies.pop(0), RetryPolicy(), slept.append)
    assert (reply.body, slept) == (b"ok", [0.25, 3.0])


def test_attempts_are_used_up() -> None:
    replies = [Reply(503, b"1"), Reply(503, b"2"), Reply(503, b"3")]
    slept: list[float] = []
    reply = send_again(lambda: replies.pop(0), RetryPolicy(attempts=2), slept.append)
    assert (reply.body, slept) == (b"2", [0.25])
