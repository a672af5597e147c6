"""What carriers take."""


def is_taken(length: int, width: int, height: int, grams: int) -> bool:
    """Tell whether the usual carrier takes a parcel of this size."""
    return (
        (0 < length <= 1200 and 0 < width <= 600 and 0 < height <= 600)
        and (length >= width and width >= height and height >= 10)
        and (length + width <= 1500 or length + height <= 1500 or width + height <= 900)
        and (grams > 0 and grams <= 31_500)
        and length * width * height <= 400_000_000
    )
