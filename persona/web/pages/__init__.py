"""The pages of the browser application; every module has ``routes(desk)``."""
