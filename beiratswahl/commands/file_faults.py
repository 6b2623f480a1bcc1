"""Why a file cannot be read or written, in German."""


def because(fault: OSError) -> str:
    """Grund in words; the system's own where there is no German one."""
    if isinstance(fault, FileNotFoundError):
        return "Es gibt sie nicht, oder der Ordner fehlt"
    if isinstance(fault, PermissionError):
        return "Es fehlt das Recht dazu"
    if isinstance(fault, IsADirectoryError):
        return "Das ist ein Ordner"
    return fault.strerror or str(fault)
