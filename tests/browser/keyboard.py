"""A hand on the keyboard: what the stories of the office do without a mouse."""

import re
from dataclasses import dataclass
from datetime import date, time

from playwright.sync_api import Locator, Page

from tests.browser.conftest import drawn

#: no page has more stops than this
MOST_STOPS = 250


@dataclass
class Keyboard:
    """A hand that has no mouse."""

    page: Page

    def holds(self, target: Locator) -> bool:
        """Whether the target has the focus."""
        return bool(target.evaluate("element => element === document.activeElement"))

    def reach(self, target: Locator) -> None:
        """Tab on until the target has the focus."""
        target.wait_for()
        drawn(self.page)
        for _ in range(MOST_STOPS):
            if self.holds(target):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {target}")

    def write(self, label: str, text: str) -> None:
        """Replace what stands in a field."""
        self.reach(self.page.get_by_label(re.compile(rf"^{re.escape(label)}( – optional)?$")).first)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def day(self, label: str, day: date) -> None:
        """Type a day into its parts, in the order of the browser's own language, which no page can choose."""
        field = self.page.get_by_label(label, exact=True)
        for order in ("%d%m%Y", "%m%d%Y"):
            while self.holds(field):  # each part of a day is a stop of its own
                self.page.keyboard.press("Shift+Tab")
            self.reach(field)
            self.page.keyboard.type(f"{day:{order}}")
            if field.input_value() == day.isoformat():
                return
        raise AssertionError(f"{label} does not take {day}")

    def hour(self, label: str, at: time) -> None:
        """Type an hour into its parts, as the browser's own language wants it."""
        field = self.page.get_by_label(label, exact=True)
        for order in ("%H%M", "%I%M%p"):
            while self.holds(field):
                self.page.keyboard.press("Shift+Tab")
            self.reach(field)
            self.page.keyboard.type(f"{at:{order}}")
            if field.input_value() == f"{at:%H:%M}":
                return
        raise AssertionError(f"{label} does not take {at}")

    def tick(self, label: str) -> None:
        """Tick a box."""
        self.reach(self.page.get_by_label(label))
        self.page.keyboard.press("Space")

    def press(self, name: str, role: str = "button") -> None:
        """Press a button, or follow a link, and wait for the page behind it."""
        self.reach(self.page.get_by_role(role, name=name, exact=True).first)  # type: ignore[arg-type]  # a role is any of many words
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def unfold(self, title: str) -> None:
        """Open what is folded away."""
        self.reach(self.page.locator("summary", has_text=title))
        self.page.keyboard.press("Enter")
