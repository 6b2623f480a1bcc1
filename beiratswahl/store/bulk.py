"""Many rows at once, as fast as each database takes them: statements of many rows on SQLite, COPY on PostgreSQL."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from sqlite3 import IntegrityError as InsertRefused
from typing import Any

from psycopg.errors import IntegrityError as CopyRefused
from sqlalchemy import Table
from sqlalchemy.orm import Session

Row = tuple[Any, ...]

#: rows in one statement of SQLite; with more of them it grows slower again
ROWS_AT_ONCE = 100


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
        tail = tuple(_bound(table.c[name], value, dialect) for name, value in constants.items())
        self._copies = dialect.name == "postgresql"
        if self._copies:
            self._tail = tail
            self._sql = f"COPY {table.name} ({names}) FROM STDIN"
        else:
            # What is the same in all rows stands in the statement itself.
            values = f"({', '.join(('?',) * len(columns) + tuple(map(_literal, tail)))})"
            self._sql = f"INSERT INTO {table.name} ({names}) VALUES {values}"  # noqa: S608 - names come from the table, values are bound
            self._sql_of_many = self._sql + f", {values}" * (ROWS_AT_ONCE - 1)

    def insert(self, rows: Sequence[Row]) -> None:
        """Insert rows, straight through the driver.

        Raises:
            RowRefused: a row breaks a constraint.
        """
        cursor: Any = self._connection.connection.cursor()
        try:
            if self._copies:
                self._copy(cursor, rows)
            else:
                self._insert(cursor, rows)
        except (InsertRefused, CopyRefused) as fault:
            raise RowRefused(str(fault)) from fault
        finally:
            cursor.close()

    def _insert(self, cursor: Any, rows: Sequence[Row]) -> None:
        rest = len(rows) - len(rows) % ROWS_AT_ONCE
        for start in range(0, rest, ROWS_AT_ONCE):
            cursor.execute(self._sql_of_many, tuple(chain.from_iterable(rows[start : start + ROWS_AT_ONCE])))
        if rest < len(rows):
            cursor.executemany(self._sql, rows[rest:])

    def _copy(self, cursor: Any, rows: Sequence[Row]) -> None:
        tail = self._tail
        with cursor.copy(self._sql) as copy:
            write_row = copy.write_row
            for row in rows:
                write_row(row + tail)


def rows_by_text(session: Session, table: Table, columns: Sequence[str], election_id: int, column: str, texts: Iterable[str]) -> list[Row]:
    """Zeilen zu vielen Schlüsseln: the plain rows of an election whose `column` holds one of the texts, straight from the driver.

    Args:
        session: any session.
        table: a table with `election_id`.
        columns: names of the columns wanted, in their order.
        election_id: the election.
        column: name of the text column that is searched.
        texts: what it may hold; thousands at once.
    """
    connection = session.connection()
    found = f"SELECT {', '.join(columns)} FROM {table.name} WHERE election_id = "  # noqa: S608 - names come from the table
    cursor: Any = connection.connection.cursor()
    if connection.dialect.name == "postgresql":
        cursor.execute(f"{found}%s AND {column} = ANY(%s)", (election_id, list(texts)))
    else:
        wanted = list(texts)
        cursor.execute(f"{found}? AND {column} IN ({', '.join('?' * len(wanted))})", (election_id, *wanted))
    rows: list[Row] = cursor.fetchall()
    cursor.close()
    return rows


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(int(value))
    return "'" + str(value).replace("'", "''") + "'"


def _bound(column: Any, value: object, dialect: Any) -> object:
    processor = column.type.dialect_impl(dialect).bind_processor(dialect)
    return processor(value) if processor else value
