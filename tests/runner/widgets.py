"""A dashboard with a slider, and somebody who moves it in a browser."""

from contextlib import contextmanager

from playwright.sync_api import expect, sync_playwright

from tests.ui.conftest import CHROMIUM, FLAGS

PATIENCE = 90_000  # milliseconds
# What a table has to say of the first waves, for each place of the slider.
SOURCE = """\
import ipywidgets as widgets
import pandas as pd

waves = pd.DataFrame({{"height": range(1, 11)}})
waves["energy"] = waves.height**2 * {factor}
slider = widgets.IntSlider(value=3, min=1, max=10, description="Waves")
told = widgets.Label()

def tell(change=None):
    told.value = f"energy {{waves.energy.head(slider.value).sum()}}"

slider.observe(tell, "value")
tell()
widgets.VBox([slider, told])
"""


def source(factor):
    """Write the code of the dashboard."""
    return SOURCE.format(factor=factor)


def energy(factor, waves):
    """Say what only its kernel can compute: nothing of it is in the page before."""
    return f"energy {sum(height**2 for height in range(1, waves + 1)) * factor}"


@contextmanager
def chromium():
    """Open Chromium; no loop of Playwright's is left in this thread."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def move(browser, url, factor):
    """Visit the dashboard and move its slider by a key, until the kernel has answered."""
    page = browser.new_page()
    page.goto(url, timeout=PATIENCE)
    told = page.get_by_text("energy")
    expect(told).to_have_text(energy(factor, 3), timeout=PATIENCE)
    handle = page.locator(".noUi-handle")
    handle.focus()
    handle.press("ArrowRight")
    expect(told).to_have_text(energy(factor, 4), timeout=PATIENCE)
    page.close()
