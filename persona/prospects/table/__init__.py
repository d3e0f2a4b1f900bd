"""Lists in files: read as they stream, and written with what was found out."""

from persona.prospects.table.opening import is_captures, open_list
from persona.prospects.table.output import check_output, open_output

__all__ = ["check_output", "is_captures", "open_list", "open_output"]
