"""A visitor of the doors, who sees pages as people do: by heading, role and label, and fills in the forms that are there."""

from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


def words_of(element: Element) -> str:
    """The text of an element with single blanks."""
    return " ".join("".join(element.itertext()).split())


def name_of(element: Element) -> str:
    """What a button is called: its label for those who do not see it, else its text."""
    return element.get("aria-label") or words_of(element)


class Page:
    """One answer, parsed strictly: a page that is no valid HTML fails the test."""

    def __init__(self, response: TestResponse, path: str) -> None:
        self.status = response.status_code
        self.path = path
        self.html = response.get_data(as_text=True)
        parser = html5lib.HTMLParser(html5lib.getTreeBuilder("etree"), strict=True, namespaceHTMLElements=False)
        self.tree: Element = parser.parse(self.html)

    @property
    def heading(self) -> str:
        """The one h1."""
        (heading,) = self.tree.iter("h1")
        return words_of(heading)

    @property
    def text(self) -> str:
        """Everything in main."""
        (main,) = self.tree.iter("main")
        return words_of(main)

    def with_role(self, role: str) -> list[str]:
        """Texts of all elements with a role, e.g. "alert"."""
        return [words_of(element) for element in self.tree.iter() if element.get("role") == role]

    @property
    def refusal(self) -> str:
        """The one error alert."""
        (alert,) = self.with_role("alert")
        return alert

    def link(self, text: str) -> str:
        """The address of the link with this text."""
        found = {element.get("href") for element in self.tree.iter("a") if words_of(element) == text}
        assert len(found) == 1, f"{len(found)} links say {text!r}: {sorted(words_of(a) for a in self.tree.iter('a'))}"
        return str(found.pop())

    @property
    def links(self) -> list[str]:
        """Texts of all links."""
        return [words_of(element) for element in self.tree.iter("a")]

    def rows(self, caption: str) -> list[list[str]]:
        """Cells of the body rows of the table with this caption."""
        for table in self.tree.iter("table"):
            if words_of(next(table.iter("caption"))) == caption:
                body = [row for part in table.iter("tbody") for row in part.iter("tr")]
                return [[words_of(cell) for cell in row if cell.tag in ("th", "td")] for row in body]
        raise AssertionError(f"no table {caption!r}")

    def form(self, button: str) -> Element:
        """The form with this button."""
        found = [form for form in self.tree.iter("form") if button in [name_of(element) for element in form.iter("button")]]
        assert len(found) == 1, f"{len(found)} forms have a button {button!r}"
        return found[0]

    def field(self, label: str) -> Element:
        """The input, select or textarea of a label."""
        for element in self.tree.iter("label"):
            if words_of(element).removesuffix(" – optional") == label:
                return next(one for one in self.tree.iter() if one.get("id") == element.get("for"))
        raise AssertionError(f"no field {label!r}")


@dataclass
class Visitor:
    """A browser without pictures."""

    client: FlaskClient

    def open(self, path: str) -> Page:
        """Open a page; follows redirects."""
        response = self.client.get(path, follow_redirects=True)
        return Page(response, response.request.path)

    def log_in(self, login: str, password: str) -> None:
        """Log in by the form, without looking at the page it leads to."""
        data = {**_present(self.open("/anmelden").form("Anmelden")), "login": login, "password": password}
        response = self.client.post("/anmelden", data=data)
        assert response.status_code == 302, f"{login!r} cannot log in"

    def press(self, page: Page, button: str, **filled: Any) -> Page:
        """Fill in a form as it stands, press its button, follow redirects.

        Args:
            page: the page with the form.
            button: text of the button.
            filled: values by field name; None leaves a box unticked, a tuple (stream, name) is a file.
        """
        form = page.form(button)
        values = {**_present(form), **_pressed(form, button), **filled}
        names = {element.get("name") for element in form.iter() if element.tag in ("input", "select", "textarea", "button")}
        assert set(filled) <= names, f"not in the form: {sorted(set(filled) - names)}"
        data = {name: value for name, value in values.items() if value is not None}
        to = _button(form, button).get("formaction") or form.get("action") or page.path
        response = self.client.post(to, data=data, follow_redirects=True)
        return Page(response, response.request.path)


def _button(form: Element, text: str) -> Element:
    (button,) = (element for element in form.iter("button") if name_of(element) == text)
    return button


def _pressed(form: Element, text: str) -> dict[str, Any]:
    """A button with a name sends its own value."""
    button = _button(form, text)
    name = button.get("name")
    return {name: button.get("value") or ""} if name else {}


def _present(form: Element) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for element in form.iter():
        name, kind = element.get("name"), element.get("type")
        if not name or kind in ("file", "submit") or (kind in ("checkbox", "radio") and element.get("checked") is None):
            continue
        if element.tag == "input":
            values[name] = element.get("value") or ("y" if kind == "checkbox" else "")
        elif element.tag == "textarea":
            values[name] = element.text or ""
        elif element.tag == "select":
            options = list(element.iter("option"))
            chosen = [option for option in options if option.get("selected") is not None] or options[:1]
            values[name] = (chosen[0].get("value") or "") if chosen else ""
    return values
