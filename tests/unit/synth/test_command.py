from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hengjian.cli.app import build


def synth(*arguments: str, language: str = "en") -> Result:
    return CliRunner().invoke(build(language), ["synth", *arguments])


def test_the_command_says_what_was_written(tmp_path: Path) -> None:
    done = synth(str(tmp_path / "out"), "--departments", "3", "--items", "8", "--faults", "34%")
    assert done.exit_code == 0
    assert "wrote 3 made-up departments" in done.output
    assert "planted 1 faults" in done.output
    assert (tmp_path / "out" / "faults.csv").is_file()


def test_forms_left_out_are_named(tmp_path: Path) -> None:
    arguments = (str(tmp_path / "out"), "--pack", "cn/sichuan", "--departments", "1", "--as", "facts")
    done = synth(*arguments, language="zh")
    assert done.exit_code == 0
    assert "一般公共预算项目支出预算表" in done.output


@pytest.mark.parametrize("faults", ["4", "101%", "many", "-1", ""])
def test_faults_that_cannot_be_planted_are_refused(tmp_path: Path, faults: str) -> None:
    done = synth(str(tmp_path / "out"), "--departments", "3", f"--faults={faults}")
    assert done.exit_code == 2
    assert not (tmp_path / "out").exists()


def test_a_folder_in_use_and_a_pack_without_codes_are_refused(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("kept", encoding="utf-8")
    for arguments in ([str(tmp_path)], [str(tmp_path / "out"), "--pack", "demo"]):
        assert synth(*arguments).exit_code == 2
