"""What looks like a secret goes to no model."""

import pytest

from jupyter_wove.ai.context import without_secrets


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ('OPENAI_API_KEY = "abcd1234efgh"', "abcd1234efgh"),
        ("os.environ['DB_PASSWORD'] = 'hunter2!'", "hunter2!"),
        ("password: s3cretpassw0rd", "s3cretpassw0rd"),
        ('{"access_token": "A1b2C3d4E5"}', "A1b2C3d4E5"),
        ("client(token='tok-9f8e7d6c')", "tok-9f8e7d6c"),
        ("key = sk-ant-api03-AbCdEfGh1234", "AbCdEfGh1234"),
        ("ghp_0123456789abcdefghijABCDEFGHIJ012345", "ghp_0123456789abcdefghijABCDEFGHIJ012345"),
        ("AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE"),
        ("postgresql://ann:p4ss@db.example.org/x", "p4ss"),
        ("eyJhbGciOiJI.eyJzdWIiOiIx.SflKxwRJSMeK", "eyJzdWIiOiIx"),
        ("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----", "MIIE"),
        ("-----BEGIN PRIVATE KEY-----\nMIIE", "MIIE"),
        ("wove_AbCdEfGhIjKlMnOpQrSt", "AbCdEfGhIjKl"),
    ],
)
def test_secrets_are_hidden(text, secret):
    hidden = without_secrets(text)
    assert secret not in hidden
    assert "[hidden]" in hidden


@pytest.mark.parametrize(
    "text",
    [
        "tokens = tokenizer(text)",
        "token_count = 5",
        "secrets = without_secrets(text)",
        "max_tokens: 4096",
        "author = 'Ann'",
        "df['key'] = df.key.astype(str)",
        "https://example.org/a?b=c",
        "def authenticate(password): ...",
        "password = getpass()",
        "import secrets",
    ],
)
def test_what_is_no_secret_stays(text):
    assert without_secrets(text) == text
