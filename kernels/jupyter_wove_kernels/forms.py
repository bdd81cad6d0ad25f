"""`%wove form`: the inputs of a prompt as widgets, what would be said, and the answer."""

from collections.abc import Callable
from typing import Any

from IPython.display import display

from jupyter_wove_kernels.client import Json, Rendered, Server, WoveError
from jupyter_wove_kernels.views import views_of

NO_WIDGETS = "Forms need ipywidgets: run %pip install ipywidgets, then start the kernel anew."
OF_KERNEL = {"dataframe", "variable"}
WIDE = "36em"


class Form:
    """A prompt to fill in; `send` asks a model, and shows its answer below.

    Raises WoveError where ipywidgets is missing, or the server says no.
    """

    def __init__(
        self,
        server: Server,
        name: str,
        model: str,
        namespace: dict[str, Any],
        show: Callable[[Any], None],
    ) -> None:
        widgets = _widgets()
        self._server, self._name, self._model = server, name, model
        self._namespace, self._show = namespace, show
        self._asked = {each["name"]: each for each in server.inputs(name)}
        self.inputs = {key: self._input(widgets, each) for key, each in self._asked.items()}
        wide = widgets.Layout(width=WIDE, height="10em")
        self.preview = widgets.Textarea(description="It says", disabled=True, layout=wide)
        self.cost = widgets.Label()
        self.send = widgets.Button(description="Ask", button_style="primary")
        self.answer = widgets.Output()
        self.send.on_click(lambda _: self.ask())
        for each in self.inputs.values():
            each.observe(lambda _: self.look(), names="value")
        self._rows = [*self.inputs.values(), self.preview, self.cost, self.send, self.answer]
        self.look()

    def _ipython_display_(self) -> None:
        display(_widgets().VBox(self._rows))

    def look(self) -> None:
        """Show what would be said now, and what that takes."""
        try:
            said = self._rendered().messages
            self.preview.value = "\n\n".join(f"{m['role']}: {m['content']}" for m in said)
            self.cost.value = "; ".join(map(_said, self._server.estimates(self.preview.value)))
            self.send.disabled = False
        except WoveError as error:
            self.preview.value, self.cost.value = "", str(error)
            self.send.disabled = True

    def ask(self) -> None:
        """Ask with what is filled in."""
        self.answer.clear_output()
        with self.answer:
            try:
                said = self._rendered()
                self._show(self._server.ask(said.messages, self._model, **said.account))
            except WoveError as error:
                print(error)  # noqa: T201 — below the form, where the answer would be

    def _rendered(self) -> Rendered:
        values: Json = {}
        views: dict[str, dict[str, str]] = {}
        for name, widget in self.inputs.items():
            kind = self._asked[name]["type"]
            if kind in OF_KERNEL:
                views |= {name: self._views(widget.value)} if widget.value else {}
            elif widget.value not in (None, ""):
                values[name] = {"source": widget.value} if kind == "cell" else widget.value
        return self._server.rendered(self._name, values, views)

    def _views(self, name: str) -> dict[str, str]:
        if name not in self._namespace:
            raise WoveError(f"There is no {name} in this notebook yet.")
        return views_of(self._namespace[name])

    def _input(self, widgets: Any, asked: Json) -> Any:
        given = {"description": asked["name"], "layout": widgets.Layout(width=WIDE)}
        default = asked["default"]
        if asked["type"] == "enum":
            options = asked["options"]
            value = default if default in options else options[0]
            return widgets.Dropdown(options=options, value=value, **given)
        if asked["type"] == "number":
            return widgets.FloatText(value=default or 0, **given)
        if asked["type"] in OF_KERNEL:
            known = [name for name in self._namespace if not name.startswith("_")]
            return widgets.Combobox(options=known, placeholder="a variable", **given)
        return widgets.Textarea(value=str(default or ""), **given)


def _widgets() -> Any:
    try:
        import ipywidgets  # noqa: PLC0415 — not everybody has it
    except ImportError:
        raise WoveError(NO_WIDGETS) from None
    return ipywidgets


def _said(estimate: Json) -> str:
    price = estimate["price"]
    cost = "price unknown" if price is None else f"${float(price):.4f} to read it"
    return f"{estimate['model']}: about {estimate['tokens']} tokens, {cost}"
