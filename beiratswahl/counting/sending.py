"""What a script of the entry pages sends along with a ballot, and what it is told in return."""

import re

from flask import request

from beiratswahl.operations.unsent import DEVICE, Waited

#: asks for the part of a page that a script replaces, instead of the whole page
PART = "X-Part"
#: tells the script the number of the ballot it has sent
NUMBER = "X-Number"
LEFT = re.compile(r"[0-9]{1,4}")
_MARK = re.compile(r"(?:[A-Z]{2}-[0-9]{1,5}|Nr\. [0-9]{1,6})?")


def waited() -> Waited | None:
    """What the device says of a ballot it could not send at once; None for the usual case."""
    device, mark, left = (request.form.get(name, "") for name in ("geraet", "zeichen", "offen"))
    if not DEVICE.fullmatch(device) or not LEFT.fullmatch(left) or not _MARK.fullmatch(mark):
        return None
    return Waited(device, mark, int(left))
