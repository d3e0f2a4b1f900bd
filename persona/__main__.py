"""Run the program with ``python -m persona``."""

from persona.cli.main import main

main()
