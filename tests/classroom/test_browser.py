from __future__ import annotations

import pytest

from kit.classroom import browser
from kit.errors import BrowserMissing


def test_the_browser_that_is_there_is_taken() -> None:
    assert browser.find_browser().is_file()


def test_no_browser_is_an_error_with_a_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(browser, "_MAC", ())
    monkeypatch.setattr(browser, "_playwrights_own", lambda: None)
    with pytest.raises(BrowserMissing, match="Install Chromium"):
        browser.find_browser()
