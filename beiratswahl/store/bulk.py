"""Many rows at once, as fast as each database takes them: executemany on SQLite, COPY on PostgreSQL."""

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg.errors import IntegrityError as CopyRefused
from sqlalchemy import Table
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

Row = tuple[Any, ...]


class RowRefused(Exception):
    """Raised when a row breaks a constraint, e.g. a key that is taken; the transaction must then be given up."""


class BulkInsert:
    """Masseneinfügung into one table.

    Args:
        session: in a writing transaction.
        table: the table.
        columns: names of the columns the rows bring, in their order; plain texts, numbers, booleans and None only.
        constants: further columns, equal in all rows; any type the column takes.
    """

    def __init__(self, session: Session, table: Table, columns: Sequence[str], constants: Mapping[str, object]) -> None:
        self._connection = session.connection()
        dialect = self._connection.dialect
        names = ", ".join((*columns, *constants))
        self._tail = tuple(_bound(table.c[name], value, dialect) for name, value in constants.items())
        self._copies = dialect.name == "postgresql"
        if self._copies:
            self._sql = f"COPY {table.name} ({names}) FROM STDIN"
        else:
            marks = ", ".join("?" * (len(columns) + len(constants)))
            self._sql = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608 - names come from the table, values are bound

    def insert(self, rows: Sequence[Row]) -> None:
        """Insert rows.

        Raises:
            RowRefused: a row breaks a constraint.
        """
        complete = [row + self._tail for row in rows]
        try:
            if self._copies:
                self._copy(complete)
            elif complete:
                self._connection.exec_driver_sql(self._sql, complete)
        except (IntegrityError, CopyRefused) as fault:
            raise RowRefused(str(fault)) from fault

    def _copy(self, rows: Sequence[Row]) -> None:
        cursor: Any = self._connection.connection.cursor()
        with cursor.copy(self._sql) as copy:
            for row in rows:
                copy.write_row(row)


def _bound(column: Any, value: object, dialect: Any) -> object:
    processor = column.type.dialect_impl(dialect).bind_processor(dialect)
    return processor(value) if processor else value
