"""What people do in JupyterLab, whatever they do it with: run commands, press buttons, answer."""

from itertools import product

from playwright.sync_api import TimeoutError as Late
from playwright.sync_api import expect

from tests.ui.servers import ROOT

AXE = ROOT / "labextension" / "node_modules" / "axe-core" / "axe.min.js"
LOOKS = list(product(["dark", "light"], [(1400, 900), (900, 600)]))
PATIENCE = 3000  # milliseconds until the palette is opened anew


def run(page, words):
    """Run a command by the palette, as who has no mouse would.

    JupyterLab closes the palette whenever it runs a command by itself, as it does while it starts
    and when a kernel comes or goes; people open it again.
    """
    for _ in range(5):
        page.keyboard.press("Control+Shift+C")
        try:
            page.locator(".lm-CommandPalette-input:visible").fill(words, timeout=PATIENCE)
            chosen = page.locator(".lm-CommandPalette-item.lm-mod-active", has_text=words)
            chosen.wait_for(timeout=PATIENCE)
        except Late:
            continue
        return page.keyboard.press("Enter")
    raise AssertionError(f"The palette does not stay open for: {words}")


def explore(page):
    """Open the panel Explore; return its search box."""
    run(page, "Explore Shared Projects")
    box = page.get_by_role("combobox", name="Search projects and notebooks")
    expect(box).to_be_focused()
    return box


def press(button):
    """Press a button without a mouse."""
    button.focus()
    button.press("Enter")


def dialog(page):
    return page.locator(".jp-Dialog")


def slug(title):
    """Say what the folder of a new project of this title is called."""
    return title.lower().replace(" ", "-")


def undo(page):
    """Take back what was just done, by the notification that says so."""
    page.get_by_role("button", name="Undo", exact=True).click()


def wear(page, theme, size):
    """Have JupyterLab look so: in the light or the dark, in a window of some width and height."""
    name = f"JupyterLab {theme.capitalize()}"
    run(page, f"Use Theme: {name}")
    expect(page.locator("body")).to_have_attribute("data-jp-theme-name", name)
    page.set_viewport_size({"width": size[0], "height": size[1]})


def serious(page, root):
    """List what keeps people from using a part of the page."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("root => axe.run(root)", root)["violations"]
    return [
        (each["id"], each["nodes"][0]["html"][:200])
        for each in found
        if each["impact"] in {"serious", "critical"}
    ]
