"""The studio answers its own pages and programs on this machine, and nobody else."""

import json

import pytest
from studio_made import KEY, NAME

WRITE = f"/api/v1/streams/{NAME}/operations"
EDIT = {"operation": "SetField", "element": None, "key": "why", "value": "Rest"}


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1",
        "127.0.0.1:80",
        "localhost.evil.example:8765",
        "",
        "0.0.0.0:8765",
    ],
)
def test_a_foreign_host_name_is_refused(client, host):
    assert client.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8765", "localhost:8765", "LOCALHOST:8765", "[::1]:8765"]
)
def test_loopback_by_its_names_is_served(client, host):
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "https://127.0.0.1:8765"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://127.0.0.1:8765", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_write_from_elsewhere_is_refused_and_changes_nothing(client, folder, headers):
    before = (folder / KEY).read_bytes()
    assert client.post(WRITE, json=EDIT, headers=headers).status_code == 403
    assert client.post("/new", data={"name": "X"}, headers=headers).status_code == 403
    assert (folder / KEY).read_bytes() == before
    assert not (folder / "x.stream.yaml").exists()


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "http://127.0.0.1:8765", "Sec-Fetch-Site": "same-origin"}],
)
def test_own_pages_and_programs_may_write(client, folder, headers):
    assert client.post(WRITE, json=EDIT, headers=headers).status_code == 200
    assert "why: Rest" in (folder / KEY).read_text()


@pytest.mark.parametrize("path", ["/", f"/streams/{NAME}", "/nowhere", "/api/v1/streams"])
def test_all_answers_have_their_guards(client, path):
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    "path",
    ["/", f"/streams/{NAME}?step=welcome-e-mail&pane=text", "/new", "/new/log", "/new/backwards"],
)
def test_pages_need_no_inline_styles_or_scripts(client, path):
    page = client.get(path).text
    assert " style=" not in page
    assert "<style" not in page
    assert " onclick" not in page
    assert "javascript:" not in page
    assert page.count("<script") == page.count("<script src=") + page.count(
        '<script type="module" src='
    )


@pytest.mark.parametrize(
    "path",
    [
        "/static/x/../../../../etc/passwd",
        "/static/x/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/static/x/..%2fapp.py",
        "/streams/../../etc/passwd",
        "/streams/..%2f..%2fetc%2fpasswd",
        "/api/v1/streams/..%2f..%2fetc%2fpasswd/text",
        "/api/v1/streams/%2fetc%2fpasswd/text",
        "/api/v1/streams/valuestream.yaml/text",
        "/static/x/app.py",
    ],
)
def test_no_path_leads_out_of_the_folder(client, path):
    answer = client.get(path)
    assert answer.status_code in (404, 405)
    assert "root:" not in answer.text


def test_a_link_out_of_the_folder_is_not_followed(folder, client, tmp_path_factory):
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.stream.yaml"
    secret.write_text("stream: Secret\nsteps:\n  - step: Hidden words\n")
    (folder / "link.stream.yaml").symlink_to(secret)
    assert "Hidden words" not in client.get("/streams/link").text
    assert "Hidden words" not in client.get("/api/v1/streams/link/text").text


def test_more_than_a_text_may_have_is_refused(client):
    huge = b"x" * (2 * 1024 * 1024 + 1)
    answer = client.put(f"/api/v1/streams/{NAME}/text", content=huge, headers={"If-Match": "*"})
    assert answer.status_code == 413


def test_a_body_without_a_length_is_cut(client, folder):
    before = (folder / KEY).read_bytes()
    pieces = (b"x" * 65536 for _ in range(64))
    answer = client.put(f"/api/v1/streams/{NAME}/text", content=pieces, headers={"If-Match": "*"})
    assert answer.status_code == 413
    assert (folder / KEY).read_bytes() == before


EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>'\"&{{7*7}}{% x %}\u202eevil"


def test_names_with_markup_are_shown_as_they_are_written(client, folder):
    said = json.dumps(EVIL, ensure_ascii=False)
    text = f"stream: {said}\nsteps:\n  - step: {said}\n    by: {said}\n    value: {said}\n"
    (folder / "evil.stream.yaml").write_text(text)
    client.app.state.studio.store.refresh()
    for path in ("/", "/streams/evil", "/streams/evil?pane=text", "/streams/evil?view=flow"):
        page = client.get(path).text
        assert "alert(1)" in page
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "{{7*7}}" in page
    assert "<script>alert" not in client.get("/api/v1/streams/evil/picture.svg").text
