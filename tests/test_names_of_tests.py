from collections import Counter
from pathlib import Path


def test_no_two_files_share_a_name():
    """Tests lie in folders without packages: of two modules of one name, each worker knows one."""
    names = Counter(file.name for file in Path(__file__).parent.rglob("*.py"))
    shared = {name for name, times in names.items() if times > 1} - {"conftest.py", "__init__.py"}
    assert shared == set()
