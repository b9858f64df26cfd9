import gzip

import brotli  # type: ignore[import-untyped]
import pytest

from web.middleware.encodings import compress, preferred


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("gzip, deflate, br, zstd", "br"),  # Chromium over HTTPS
        ("gzip, deflate", "gzip"),  # any browser over HTTP
        ("br", "br"),
        ("BR", "br"),
        ("gzip;q=0.8, br;q=0.8", "br"),
        ("br;q=0.5, gzip", "gzip"),
        ("br; q=0.5, gzip; q=0.4", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0, gzip;q=0", None),
        ("*", "br"),
        ("*;q=0", None),
        ("br;q=0, *", "gzip"),
        ("gzip, *;q=0", "gzip"),
        ("identity", None),
        ("identity, gzip;q=0.5", None),
        ("identity;q=0.5, gzip", "gzip"),
        ("identity;q=0, *", "br"),
        ("deflate, zstd", None),
        ("br;q=nonsense", None),
        ("br;level=3, gzip;q=0.5", "br"),
        (",, ;", None),
        ("", None),
    ],
)
def test_client_gets_the_encoding_it_weighs_most(accepted: str, chosen: str | None) -> None:
    assert preferred(accepted.encode()) == chosen


def test_what_is_compressed_reads_as_before() -> None:
    text = "une phrase de café, ".encode() * 50
    assert gzip.decompress(compress(text, "gzip")) == text
    assert brotli.decompress(compress(text, "br")) == text
