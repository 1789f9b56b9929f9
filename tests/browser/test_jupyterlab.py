"""The same cards in JupyterLab, where the two specialists show them on the big screen."""

from __future__ import annotations

import re
from collections.abc import Callable

import nbformat
import pytest
from playwright.sync_api import Page, expect

from kit.lessons import load_catalogue
from kit.settings import content_root
from tests.browser.conftest import RunningClass, Watch
from tests.browser.lessons import SLUGS

pytestmark = [pytest.mark.browser, pytest.mark.model]

CATALOGUE = load_catalogue(content_root())
SHOW = re.compile(r"^lesson\.exercise\(", re.MULTILINE)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_specialists_demo_cells_run_in_jupyterlab(
    running_class: RunningClass, new_page: Callable[..., Page], watch: Watch, slug: str
) -> None:
    notebook = nbformat.read(CATALOGUE.co_teach(slug), as_version=4)
    shown = [cell for cell in notebook.cells if cell.cell_type == "code" and SHOW.search(cell.source)]
    assert shown, "the specialists have nothing to show on the big screen"
    page = new_page()
    page.goto(running_class.classroom.link(f"lab/workspaces/{slug}/tree/notebooks/lessons/{slug}/co-teach.ipynb"))
    expect(page.locator(".jp-Notebook .jp-Cell").first).to_be_visible(timeout=60_000)
    expect(page.get_by_text("| Idle")).to_be_visible(timeout=60_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    cards = page.locator(".kit-card[data-kit-exercise]")
    expect(cards).to_have_count(len(shown), timeout=60_000)
    for number in range(len(shown)):
        cards.nth(number).scroll_into_view_if_needed()
        expect(cards.nth(number).get_by_role("heading").first).to_be_visible()
