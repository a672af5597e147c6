from pathlib import Path
import pytest
from replayed.replay import replay

def test_clean(tmp_path: Path) -> None:
    r = replay(tmp_path, {})
    for n, o in r.results.items():
        print(n, o.outcome, o.error, o.reason, dict(o.measures) if hasattr(o,"measures") else "")
    assert r.bad == set()
