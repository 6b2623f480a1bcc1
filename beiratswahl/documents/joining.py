"""Zusammenfügen: tagged files become one tagged file; headings, tables and their cells keep their places for screen readers."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name


def join_tagged(parts: Sequence[bytes]) -> bytes:
    """Füge getaggte Dateien zusammen.

    Args:
        parts: files of the press, in order; the first one gives metadata, colour profile and title.

    Returns:
        Bytes of one file with the pages and the structure of all; the same for the same parts.
    """
    whole = pikepdf.open(BytesIO(parts[0]))
    tree = whole.Root.StructTreeRoot
    numbers = dict(_number_tree(tree.ParentTree))
    document = _document(tree)
    children = _list(document.get("/K"))
    following = max(numbers, default=-1) + 1
    for place, part in enumerate(parts[1:], 2):
        with pikepdf.open(BytesIO(part)) as source:
            following = _append(whole, source, f"{place}-", numbers, children, document, following)
    document.K = Array(children)
    flat = [item for key in sorted(numbers) for item in (key, numbers[key])]
    tree.ParentTree = whole.make_indirect(Dictionary(Nums=Array(flat)))
    tree.ParentTreeNextKey = following
    file = BytesIO()
    whole.save(file, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return file.getvalue()


def _append(whole: Any, source: Any, prefix: str, numbers: dict[int, Any], children: list[Any], document: Any, following: int) -> int:
    """Append pages and structure of one file; the next free key of the parent tree."""
    before = len(whole.pages)
    whole.pages.extend(source.pages)
    if not source.Root.StructTreeRoot.is_indirect:
        source.Root.StructTreeRoot = source.make_indirect(source.Root.StructTreeRoot)
    # The same map of foreign objects: the elements point at the pages just copied.
    tree = whole.copy_foreign(source.Root.StructTreeRoot)
    for page in list(whole.pages)[before:]:
        _shift(page.obj, "/StructParents", following)
        for annotation in page.obj.get("/Annots", []):
            _shift(annotation, "/StructParent", following)
    added = dict(_number_tree(tree.ParentTree))
    numbers.update({key + following: value for key, value in added.items()})
    for element in _list(_document(tree).get("/K")):
        element.P = document
        _rename(element, prefix)
        children.append(element)
    return following + max(added, default=-1) + 1


def _rename(element: Any, prefix: str) -> None:
    """Give the ids of cells a prefix: every part counts its own from the start, and in one file each may stand once."""
    waiting = [element]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, Dictionary):
            continue
        if "/ID" in one:
            one.ID = pikepdf.String(prefix + str(one.ID))
        for attributes in _list(one.get("/A")):
            if isinstance(attributes, Dictionary) and "/Headers" in attributes:
                attributes.Headers = Array([pikepdf.String(prefix + str(header)) for header in attributes.Headers])
        waiting.extend(child for child in _list(one.get("/K")) if isinstance(child, Dictionary) and child.get("/Type") != Name.MCR)


def _shift(item: Any, key: str, by: int) -> None:
    if key in item:
        item[key] = int(item[key]) + by


def _document(tree: Any) -> Any:
    return _list(tree.K)[0]


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def _number_tree(node: Any) -> Iterator[tuple[int, Any]]:
    for child in node.get("/Kids", []):
        yield from _number_tree(child)
    flat = list(node.get("/Nums", []))
    for key, value in zip(flat[::2], flat[1::2], strict=True):
        yield int(key), value
