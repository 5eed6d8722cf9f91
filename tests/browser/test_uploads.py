"""Uploads, sent by a browser and by somebody who sends requests of their own."""

import re
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from pages.learning.text_source import MAX_UPLOAD_MB
from pages.upload_limit import MAX_SESSION_FILES, UPLOADS
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser
TEXT = b"The heron sleeps. The otter eats. " * 20


def test_the_server_refuses_what_is_too_large_or_too_many(
    windows: Windows, app_address: str
) -> None:
    window = windows.take()
    page = window.page
    page.goto(f"{app_address}/learning?learn_text=Uploaded")
    chosen = {"name": "mine.txt", "mimeType": "text/plain", "buffer": TEXT}
    with page.expect_request(re.compile(UPLOADS)) as waited:
        page.locator("input[type=file]").set_input_files(chosen)  # type: ignore[arg-type]
    upload = waited.value
    page.get_by_text("40 sentences").wait_for()
    parts = urlsplit(upload.url)
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in page.context.cookies())
    headers = {
        "Cookie": cookies,
        "X-Xsrftoken": upload.headers["x-xsrftoken"],
        "Content-Type": "multipart/form-data; boundary=edge",
    }

    def status(name: str, content: bytes) -> int:
        head = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="mine.txt"\r\n\r\n'
        connection = HTTPConnection(parts.netloc, timeout=60)
        path = f"{parts.path.rpartition('/')[0]}/{name}"
        connection.request("PUT", path, head + content + b"\r\n--edge--\r\n", headers)
        answered = connection.getresponse().status
        connection.close()
        return answered

    assert status("large", b"a" * (MAX_UPLOAD_MB + 1 << 20)) == 413
    # The one from the browser is there already.
    assert [status(f"{number}", TEXT) for number in range(1, MAX_SESSION_FILES)] == (
        [204] * (MAX_SESSION_FILES - 1)
    )
    assert status("more", TEXT) == 413
    page.reload()
    page.get_by_role("heading", name="Learning").wait_for()
    assert page.get_by_test_id("stException").count() == 0
