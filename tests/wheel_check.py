"""Build the sdist and, from it, the wheel; install it into an empty environment; use it elsewhere.

Run by ``make wheel``. Not a pytest file: it needs the package registry and takes half a minute.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

ROOT = Path(__file__).parent.parent
ALLOWED_TOP = {"persona"}


def run(*command: str, cwd: Path) -> str:
    """Run a command and return what it prints; end with its output if it fails."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def build(target: Path) -> Path:
    """Build sdist and wheel and return the wheel."""
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(target), cwd=ROOT)
    (wheel,) = target.glob("*.whl")
    return wheel


def check_contents(wheel: Path) -> None:
    """Check that everything travels inside the package and nothing lands beside it."""
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == ALLOWED_TOP, f"top of site-packages: {tops}"
    travelling = (
        ("data", "*.toml"),
        ("data/terms", "*.toml"),
        ("models", "*.json"),
        ("training", "*.py"),
    )
    for folder, suffix in travelling:
        here = {f"persona/{folder}/{path.name}" for path in (ROOT / folder).glob(suffix)}
        assert here, f"nothing in {folder}"
        assert here <= set(names), f"missing from the wheel: {here - set(names)}"


def check_use(wheel: Path, folder: Path) -> None:
    """Install into an empty environment and run the commands from another folder."""
    home = folder / "environment"
    venv.create(home, with_pip=True)
    python, persona = str(home / "bin" / "python"), str(home / "bin" / "persona")
    constraints = str(ROOT / "constraints.txt")
    run(python, "-m", "pip", "install", "-q", "-c", constraints, str(wheel), cwd=folder)
    example = folder / "answers.json"
    example.write_text((ROOT / "data" / "examples" / "valve-distributor.json").read_text())
    saved = folder / "result.json"
    printed = run(
        persona, "assess", "--answers", str(example), "--save", str(saved), "--json", cwd=folder
    )
    assert json.loads(printed)["label"] == "sales_driven"
    assert "things to do" in run(persona, "plan", str(saved), cwd=folder)
    assert "things to do" in run(persona, "report", str(saved), cwd=folder)
    assert len(json.loads(run(persona, "questions", "--format", "json", cwd=folder))) == 42
    shutil.copytree(ROOT / "tests" / "fixtures" / "sites" / "sparrowgate", folder / "cleaner.com")
    scanned = json.loads(run(persona, "scan", "cleaner.com", "--json", cwd=folder))
    assert scanned["label"] == "sales_driven"
    assert len(scanned["row"]["signals"]) == 58
    table = folder / "table.csv"
    table.write_text(
        "company,label,p15,p16\na.example,sales_driven,a,a\nb.example,passive_marketer,b,b\n"
    )
    model = run(
        python, "-c", "from persona.model.artefact import SHIPPED_MODEL as m; print(m)", cwd=folder
    )
    assert "Kappa" in run(persona, "evaluate", model.strip(), str(table), cwd=folder)
    check_lists(persona, json.loads(example.read_text()), folder)
    check_pages(persona, saved, folder)
    run(python, "-m", "persona.training.prior", "again.json", cwd=folder)
    assert (folder / "again.json").read_bytes() == (ROOT / "models" / "persona-0.json").read_bytes()


def check_lists(persona: str, answers: dict[str, str], folder: Path) -> None:
    """Score a list of answers into a workbook, with its picture, and a file of saved pages."""
    headings, cells = ",".join(answers).lower(), ",".join(answers.values())
    (folder / "list.csv").write_text(f"company,{headings}\nNorrland Valves,{cells}\n")
    wanted = ("-o", "s.xlsx", "--report", "s.html", "--json")
    picture = json.loads(run(persona, "score", "list.csv", *wanted, cwd=folder))
    assert (picture["rows"], picture["scored"]) == (1, 1)
    assert "Norrland Valves" in (folder / "s.html").read_text()
    pages = ({"url": f"https://{name}/", "html": "<p>valves"} for name in ("a.com", "b.com"))
    (folder / "pages.jsonl").write_text("\n".join(map(json.dumps, pages)))
    run(persona, "score", "pages.jsonl", "-o", "s.parquet", "--workers", "2", cwd=folder)
    assert (folder / "s.parquet").stat().st_size > 0


def check_pages(persona: str, saved: Path, folder: Path) -> None:
    """Write a report and a comparison as pages, and get a page from the browser application."""
    other = folder / "other.json"
    answers = json.loads(saved.read_text())["row"]["answers"]
    (folder / "few.json").write_text(json.dumps({a["item"]: a["option"] for a in answers[:20]}))
    run(persona, "assess", "--answers", "few.json", "--save", str(other), cwd=folder)
    run(persona, "report", str(saved), "-o", "report.html", cwd=folder)
    run(persona, "compare", str(saved), str(other), "-o", "compared.html", cwd=folder)
    for name in ("report.html", "compared.html"):
        assert "<svg" in (folder / name).read_text(), name
    command = (persona, "serve", "--port", "0", "--no-open", "--json")
    environment = {**os.environ, "PERSONA_HOME": str(folder / "home")}
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        address = json.loads(server.stdout.readline())["url"]
        opener = build_opener(HTTPCookieProcessor())
        assert b"Answer the questionnaire" in opener.open(address, timeout=30).read()
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=30) == 0


def main() -> None:
    """Build, look inside, install and use."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheel = build(folder / "dist")
        check_contents(wheel)
        check_use(wheel, folder)
    print("wheel: built from the sdist, installed into an empty environment, used from elsewhere")


if __name__ == "__main__":
    main()
