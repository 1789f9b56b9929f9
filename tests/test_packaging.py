"""One list of packages: pyproject.toml, the lock file and environment.yml keep in step."""

import re
import tomllib
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from kit.ai import weights

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
LOCK = (ROOT / "requirements.lock").read_text()
LOCKED = {
    canonicalize_name(name): Version(version)
    for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", LOCK, re.MULTILINE)
}


def wanted() -> list[Requirement]:
    extras = PROJECT["optional-dependencies"].values()
    return [Requirement(line) for line in (*PROJECT["dependencies"], *(line for extra in extras for line in extra))]


def test_every_package_that_is_asked_for_is_locked_at_a_version_that_fits():
    for requirement in wanted():
        version = LOCKED[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version, prereleases=True), f"{requirement}, locked at {version}"


def test_every_locked_package_has_hashes_and_no_address():
    blocks = re.split(r"\n(?=[\w.-]+==)", LOCK)[1:]
    assert len(blocks) == len(re.findall(r"^[\w.-]+==", LOCK, re.MULTILINE))
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in LOCK


def test_nothing_is_locked_that_nobody_asked_for():
    roots = {canonicalize_name(requirement.name) for requirement in wanted()}
    reasons = re.findall(r"^([\w.-]+)==.*?(?=^\S|\Z)", LOCK, re.MULTILINE | re.DOTALL)
    assert reasons
    for block in re.split(r"\n(?=[\w.-]+==)", LOCK)[1:]:
        name = canonicalize_name(block.split("==", 1)[0])
        via = {canonicalize_name(found) for found in re.findall(r"#\s+(?:via\s+)?([\w.-]+)$", block, re.MULTILINE)}
        assert name in roots or via & set(LOCKED), f"{name} is locked, but nothing in pyproject.toml needs it"


def test_conda_users_get_the_same_python_and_the_same_list():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    plain = [entry for entry in environment["dependencies"] if isinstance(entry, str)]
    by_pip = [entry for entry in environment["dependencies"] if isinstance(entry, dict)]
    assert f"python{PROJECT['requires-python']}" in plain
    assert by_pip == [{"pip": ["-e ."]}]
    assert set(plain) == {f"python{PROJECT['requires-python']}", "pip"}, "packages belong into pyproject.toml"


def test_the_oldest_python_is_the_same_everywhere():
    oldest = PROJECT["requires-python"].removeprefix(">=")
    assert f"OLDEST = ({oldest.replace('.', ', ')})" in (ROOT / "scripts" / "setup.py").read_text()
    assert f"--python-version {oldest}" in (ROOT / "Makefile").read_text()


def test_what_a_class_downloads_beside_the_packages_stays_under_200_megabytes():
    folders = ("notebooks", "assignments/source", "kit")
    here = sum(file.stat().st_size for folder in folders for file in (ROOT / folder).rglob("*") if file.is_file())
    assert weights.SIZE + here < 200_000_000
