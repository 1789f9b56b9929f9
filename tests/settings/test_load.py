"""Settings: the environment wins over the file, and mistakes are named without repeating a value."""

import pytest

from kit.errors import SettingsError
from kit.settings.load import load_settings, provider_key


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch):
    for name in ("OPENAI_API_KEY", "KIT_AI__KEY", "KIT_AI__PROVIDER"):
        monkeypatch.delenv(name, raising=False)


def test_a_course_without_a_file_has_safe_defaults(tmp_path):
    settings = load_settings(tmp_path)
    assert settings.ai.provider == "local"
    assert settings.ai.allow_free_prompt is False
    assert "988" in settings.help.contact
    assert provider_key(settings) is None


def test_the_environment_wins_over_the_file_field_by_field(tmp_path, monkeypatch):
    (tmp_path / "kit.toml").write_text('[ai]\nprovider = "recorded"\nmodel = "from-file"\n')
    monkeypatch.setenv("KIT_AI__PROVIDER", "openai")
    settings = load_settings(tmp_path)
    assert (settings.ai.provider, settings.ai.model) == ("openai", "from-file")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[ai\n", "not valid TOML"),
        ('[ai]\npro_vider = "local"\n', "ai.pro_vider"),
        ('[ai]\nprovider = "skynet"\n', "ai.provider"),
        ("[classroom]\napp_port = 99999\n", "classroom.app_port"),
    ],
)
def test_a_mistake_is_named_in_one_sentence_with_its_mend(tmp_path, text, named):
    (tmp_path / "kit.toml").write_text(text)
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path)
    assert named in str(caught.value)
    assert "[settings-invalid]" in str(caught.value)


def test_a_key_is_never_repeated(tmp_path, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
    (tmp_path / "kit.toml").write_text('[ai]\nkey = "sk-also-secret"\nmodel = 5\n')
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path)
    assert "secret" not in str(caught.value)
    (tmp_path / "kit.toml").write_text('[ai]\nkey = "sk-also-secret"\n')
    assert "secret" not in repr(load_settings(tmp_path))


def test_a_byte_that_is_not_text_is_named(tmp_path):
    (tmp_path / "kit.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError):
        load_settings(tmp_path)
