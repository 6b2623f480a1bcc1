"""Zweiter Prozess: reads a large export and decides on everybody in it while the first process compares and writes.

Run as a program of its own: a copy of the server process would inherit its threads' locks and its connections to the database. The second
process touches no database. When the first one dies, its pipe breaks and it ends too.
"""

import marshal
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, cast

from beiratswahl.operations.register_file import RegisterFile
from beiratswahl.operations.roll_assessment import Electorate
from beiratswahl.operations.roll_intake import Intake, no_collecting
from beiratswahl.operations.roll_portion import Portion
from beiratswahl.paths import PACKAGE

#: smaller files are read sooner than a process starts
WORTH_A_PROCESS = 2_000_000
#: room for some portions, so that on a busy machine neither process waits for the other's turn; the most that Linux grants everybody
PIPE_BYTES = 1 << 20
#: takes an export, for whom to decide, the day on which it is read, and how many persons make a portion
Reads = Callable[[RegisterFile, Electorate, str, int], Iterator[Portion]]
COMMAND = (sys.executable, "-c", f"from {__name__} import read_for_another; read_for_another()")


@contextmanager
def register_reader(path: Path) -> Iterator[Reads]:
    """Leser eines Auszugs, see `Intake.portions`: a second process where the file is large and there is a processor for it.

    The process starts at once, so that it is ready when the file has been looked at. The reading raises RuntimeError when that process ends
    before it has read the file; why stands in the log.
    """
    if path.stat().st_size < WORTH_A_PROCESS or len(os.sched_getaffinity(0)) < 2:
        yield lambda file, electorate, today, persons: Intake(file, electorate, today).portions(persons)
        return
    # The package is found where this process found it.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(PACKAGE.parent), os.environ.get("PYTHONPATH", "")))}
    pipe = subprocess.PIPE
    with subprocess.Popen(COMMAND, stdin=pipe, stdout=pipe, pipesize=PIPE_BYTES, env=environment) as process:  # noqa: S603 - own program
        try:
            yield partial(_portions, process)
        finally:
            process.kill()


def _portions(
    process: "subprocess.Popen[bytes]", file: RegisterFile, electorate: Electorate, today: str, persons: int
) -> Iterator[Portion]:
    task, answer = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
    try:
        pickle.dump((file, electorate, today, persons), task)
        task.close()
        with no_collecting():
            while (sent := pickle.load(answer)) is not None:  # noqa: S301 - what the own program wrote
                yield Portion(marshal.loads(sent[0]), *sent[1:])  # noqa: S302 - the same
    except (EOFError, BrokenPipeError, pickle.UnpicklingError) as ended:
        raise RuntimeError("the process that reads the register ended early") from ended


def read_for_another() -> None:
    """Lies für einen anderen Prozess: takes the task from the standard input, writes portions and at last None to the standard output."""
    file, electorate, today, persons = pickle.load(sys.stdin.buffer)  # noqa: S301 - what the own program wrote
    try:
        for portion in Intake(file, electorate, today).portions(persons):
            # Both ends are the same interpreter, and nothing but texts, numbers and booleans is told of a person.
            pickle.dump((marshal.dumps(portion.read), *portion[1:]), sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
            sys.stdout.buffer.flush()
        pickle.dump(None, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Nobody is left who would want the rest; the interpreter need not try to write it.
        os._exit(1)
