"""The REST resources keep what their description says, whatever is asked: by Schemathesis."""

import pytest
import requests
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient
from studio_made import NAME, lay

from valuestream.studio import completions, exports
from valuestream.studio.app import RESOURCES, create_app
from valuestream.studio.figures import FiguresAtWork
from valuestream.studio.security import hosts_of

BASE = "http://127.0.0.1:8765"
HELD = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def asked_all(tmp_path_factory):
    """One studio for all: what is asked of it need not find it as it began."""
    folder = lay(tmp_path_factory.mktemp("described"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FiguresAtWork, "_ask", lambda *_: None)
        patch.setattr(FiguresAtWork, "wait", lambda own, *of: own.of(*of[:2]))
        with TestClient(create_app(folder, hosts_of(8765)), base_url=BASE) as client:
            yield client


def described():
    app = FastAPI()
    for one in RESOURCES:
        if one not in (exports, completions):
            app.include_router(one.router, prefix="/api/v1")
    schema = schemathesis.openapi.from_dict(app.openapi())
    return [found.ok() for found in schema.get_all_operations()]


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", described(), ids=lambda one: one.label)
def test_the_description_is_kept(asked_all, operation, mode):
    if mode is GenerationMode.NEGATIVE and not (
        operation.query or operation.headers or operation.body
    ):
        pytest.skip("nothing can be asked wrongly")
    named = [
        operation.as_strategy(generation_mode=mode, path_parameters={"name": NAME}),
        operation.as_strategy(generation_mode=mode),
    ]

    @seed(1)
    @settings(
        max_examples=5,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of(*named))
    def asked(case):
        made = requests.Request(**case.as_transport_kwargs(base_url=BASE)).prepare()
        headers = {n: v for n, v in made.headers.items() if n.lower() != "host"}
        answer = asked_all.request(made.method, made.url, headers=headers, content=made.body)
        case.validate_response(answer, checks=HELD)

    asked()
