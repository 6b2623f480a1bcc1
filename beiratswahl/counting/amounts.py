"""Fields for numbers of papers: typed as text, so that nothing is changed by a mouse wheel, and read strictly."""

import re
from collections.abc import Mapping

from wtforms import Field, HiddenField, IntegerField
from wtforms.widgets import TextInput

from beiratswahl.access.forms import Form

MOST = 999_999
_AMOUNT = re.compile(r"[0-9]{1,6}|[0-9]{1,3}\.[0-9]{3}")
MISSING = "Tragen Sie eine Zahl ein; 0, wenn es keine gab."


class AmountField(IntegerField):  # type: ignore[misc]  # WTForms is untyped
    """Anzahl from 0 to 999.999; left empty it is asked for again, or means 0 where `blank_is_zero`."""

    widget = TextInput()

    def __init__(self, label: str, *, blank_is_zero: bool = False, **options: object) -> None:
        super().__init__(label, render_kw={"inputmode": "numeric", "autocomplete": "off", "data-amount": True}, **options)
        self.blank_is_zero = blank_is_zero

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed.

        Raises:
            ValueError: nothing was typed where a number is needed, or no number.
        """
        typed = (valuelist[0] if valuelist else "").strip()
        self.data = 0 if self.blank_is_zero else None
        if not typed and not self.blank_is_zero:
            raise ValueError(MISSING)
        if typed and not _AMOUNT.fullmatch(typed):
            raise ValueError(f"„{typed}“ ist keine Anzahl. Erlaubt sind ganze Zahlen von 0 bis 999.999.")
        if typed:
            self.data = int(typed.replace(".", ""))


def amounts_form(fields: Mapping[str, AmountField], present: Mapping[str, int], version: int, **others: Field) -> Form:
    """A form of amounts, filled with what is recorded, with the state of the page it was made for, and with other fields beside."""
    made = type("AmountsForm", (Form,), {**fields, **others, "version": HiddenField()})
    form: Form = made(data={**present, "version": version})
    return form


def page_version(form: Form) -> int:
    """State of the page the numbers were typed into; -1, which no count ever has, when it was lost."""
    typed = str(form["version"].data or "")
    return int(typed) if typed.isascii() and typed.isdigit() else -1
