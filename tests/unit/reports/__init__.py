"""One file for each module of persona.reports."""
