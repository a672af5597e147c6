"""What carriers add to a price, in cents."""


def for_size(length: int, width: int, height: int) -> int:
    """Return the surcharge for a parcel of this size in millimetres."""
    cents = 0
    if length > 1200:
        cents += 250
    if width > 600:
        cents += 250
    if height > 600:
        cents += 250
    if length + width + height > 2000:
        cents += 100
    if length * width * height > 400_000_000:
        cents += 100
    if min(length, width, height) > 400:
        cents += 50
    return cents


def for_service(saturday: bool, signed: bool, insured: bool, cold: bool, noon: bool) -> int:
    """Return the surcharge for what is asked of the carrier."""
    cents = 0
    if saturday:
        cents += 500
    if signed:
        cents += 100
    if insured:
        cents += 300
    if cold:
        cents += 900
    if noon:
        cents += 700
    return cents
