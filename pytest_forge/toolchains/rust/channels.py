"""Whether a toolchain is of the channel that rust-toolchain.toml pins."""

import re

# A channel as rustup's book ("Toolchains") writes it: a name or a version, then perhaps a date and
# the host. A name of the user's own says nothing of the version behind it.
_CHANNEL = re.compile(
    r"(?:(?P<name>stable|beta|nightly)|(?P<version>\d+\.\d+(?:\.\d+)?(?:-beta(?:\.\d+)?)?))"
    r"(?:-\d{4}-\d\d-\d\d)?(?:-[a-z].*)?"
)


def is_of_channel(version: str, channel: str) -> bool:
    """Tell whether cargo's `version` ("1.95.0", "1.97.0-nightly") is of the pinned `channel`.

    A toolchain of the user's own name is taken as it is. The date of a nightly stands in no
    version: of these the channel alone is compared.
    """
    pinned = _CHANNEL.fullmatch(channel)
    if pinned is None:
        return True
    number, _, suffix = version.partition("-")
    if pinned["version"]:
        wanted, _, wanted_suffix = pinned["version"].partition("-")
        return suffix == wanted_suffix and f"{number}.".startswith(f"{wanted}.")
    return (suffix.partition(".")[0] or "stable") == pinned["name"]
