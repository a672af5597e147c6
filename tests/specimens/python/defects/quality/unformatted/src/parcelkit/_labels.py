"""What is printed on labels."""


def label( number: str, prefix: str='No.' ) -> str:
    """Return the line of the number."""
    return f'{prefix} {number}'
