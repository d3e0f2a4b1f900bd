"""The naive way to classify one answer set: everything imported at once, a pipeline in memory.

Run by ``start_up.py``; prints label and probabilities as JSON, as ``persona assess`` does.
"""

import json
import sys
from pathlib import Path

import click
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder


@click.command()
@click.argument("answers", type=click.Path(path_type=Path))
@click.argument("model", type=click.Path(path_type=Path))
def main(answers: Path, model: Path) -> None:
    """Classify with the same weights, set as coefficients of a scikit-learn pipeline."""
    body = json.loads(model.read_text())["model"]
    weights = body["answers"]
    items = sorted(weights)
    encoder = OneHotEncoder(categories=[sorted(weights[item]) for item in items],
                            handle_unknown="ignore")  # fmt: skip
    first = pd.DataFrame([{item: sorted(weights[item])[0] for item in items}])
    encoder.fit(first)
    classifier = LogisticRegression()
    classifier.classes_ = np.array(body["personas"])
    columns = [weights[item][option] for item in items for option in sorted(weights[item])]
    classifier.coef_ = np.array(columns).T / body["temperature"]
    classifier.intercept_ = np.array(body["intercept"]) / body["temperature"]
    frame = pd.DataFrame([json.loads(answers.read_text())]).reindex(columns=items)
    shares = make_pipeline(encoder, classifier).predict_proba(frame)[0]
    best = int(shares.argmax())
    label = str(classifier.classes_[best])
    print(
        json.dumps(
            {"label": label, "probabilities": dict(zip(body["personas"], shares, strict=True))}
        )
    )


if __name__ == "__main__":
    sys.exit(main())
