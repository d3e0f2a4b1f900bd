"""Lists without websites to read, scored by arrays: what ``judge`` does row by row, at speed."""

from persona.prospects.batch.scorer import BatchScorer

__all__ = ["BatchScorer"]
