import csv
import json
from pathlib import Path

from click.testing import CliRunner

from hengjian.cli.app import build
from tests.unit.documents import docx_maker as make

TEXT = "某某县医疗保障局2022年度部门决算\n\n一、概况\n2022年收入12.30万元。\n"


def audit(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(build("zh"), ["audit", *map(str, arguments)])
    return done.exit_code, done.output


def index(out: Path) -> list[dict[str, str]]:
    with (out / "index.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_folder_is_audited_and_taken_up_again(tmp_path: Path) -> None:
    documents, out = tmp_path / "in", tmp_path / "out"
    (documents / "inner").mkdir(parents=True)
    (documents / "a.txt").write_text(TEXT, encoding="utf-8")
    (documents / "inner" / "b.docx").write_bytes(make.docx(make.paragraph(TEXT)))
    (documents / "broken.docx").write_bytes(b"PK\x03\x04")
    (documents / "picture.svg").write_text("no document")
    status, said = audit(documents, "--out", out, "--jobs", 2)
    assert (status, "审核了3份" in said) == (2, True)
    rows = {Path(row["path"]).name: row for row in index(out)}
    assert set(rows) == {"a.txt", "b.docx", "broken.docx"}
    assert (rows["broken.docx"]["status"], rows["broken.docx"]["kind"]) == ("unreadable", "input.unreadable")
    assert rows["a.txt"]["year"] == "2022"
    report = json.loads((out / rows["a.txt"]["report"]).read_text(encoding="utf-8"))
    assert report["documents"][0]["sha256"] == rows["a.txt"]["sha256"]

    (documents / "a.txt").write_text(TEXT + "又及。\n", encoding="utf-8")
    with (out / "index.csv").open("a", encoding="utf-8") as file:
        file.write("cut,short")
    status, said = audit(documents, "--out", out, "--jobs", 1)
    assert (status, "其中2份" in said) == (2, True)
    again = [row for row in index(out) if Path(row["path"]).name == "a.txt"]
    assert len({row["sha256"] for row in again}) == 2


def test_an_output_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "file").write_text("")
    status, said = audit(tmp_path / "a.txt", "--out", tmp_path / "file" / "out")
    assert status == 2
    assert "无法写入" in said
