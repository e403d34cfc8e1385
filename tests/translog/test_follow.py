from __future__ import annotations

import json
import stat
from datetime import UTC, datetime

import pytest

from mingbai.disclosure import queries as disclosure
from mingbai.kernel import Refused
from mingbai.merkle import leaf_hash, root_of, verify_inclusion
from mingbai.merkle.verifier import verify_log
from mingbai.translog import queries, services
from mingbai.translog.follow import follow
from mingbai.translog.models import Leaf

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)


def id_of(number: int) -> str:
    return f"340311104201-{number}"


def test_an_empty_log_has_a_signed_head(publish, log_dir):
    assert follow(AT) == 0
    assert queries.head().size == 0
    assert verify_log(str(log_dir)).ok


def test_publications_become_leaves_once(publish, log_dir):
    publish(3)
    assert follow(AT) == 3
    assert follow(AT) == 0
    publish(2)
    assert follow(AT) == 2
    assert queries.head().size == 5
    report = verify_log(str(log_dir))
    assert report.ok, report.lines
    assert services.check_log().ok


def test_a_statement_says_what_it_must_and_nothing_personal(publish):
    publish(1)
    follow(AT)
    proof = queries.proof(id_of(1))
    publication = disclosure.publication(id_of(1))
    assert json.loads(proof.leaf) == {
        "kind": "case.opened",
        "id": id_of(1),
        "village": "340311104201",
        "number": 1,
        "supersedes": "",
        "digest": publication.digest,
        "files": [],
    }
    assert publication.salt not in proof.leaf.decode()


@pytest.mark.parametrize("size", [1, 2, 3, 255, 256, 257])
def test_every_size_verifies(publish, log_dir, size):
    publish(size)
    assert follow(AT) == size
    report = verify_log(str(log_dir))
    assert report.ok, report.lines
    for number in {1, size // 2 + 1, size}:
        proof = queries.proof(id_of(number))
        path = [bytes.fromhex(h) for h in proof.hashes]
        root = bytes.fromhex(proof.root)
        assert (proof.index, proof.size) == (number - 1, size)
        assert verify_inclusion(proof.index, size, leaf_hash(proof.leaf), path, root)
    assert services.check_log().ok


def test_the_boundary_is_crossed_step_by_step(publish, log_dir):
    """256 is where a tile fills and the tree gets its second level."""
    publish(254)
    for size in (254, 255, 256, 257, 258):
        assert follow(AT) > 0
        assert queries.head().size == size
        hashes = [bytes(h) for h in Leaf.objects.order_by("index").values_list("hash", flat=True)]
        assert queries.head().root == root_of(hashes).hex()
        report = verify_log(str(log_dir))
        assert report.ok, report.lines
        publish(1)
    assert (log_dir / "tile/1/000.p/1").exists()
    assert services.check_log().ok


def test_no_proof_before_the_log_has_it(publish):
    publish(1)
    assert queries.proof(id_of(1)) is None
    services.append_new()
    assert queries.proof(id_of(1)) is None
    follow(AT)
    assert queries.proof(id_of(1)) is not None
    assert queries.proof("nothing") is None


def test_an_idle_pass_takes_few_queries(publish, django_assert_max_num_queries):
    publish(2)
    follow(AT)
    with django_assert_max_num_queries(5):
        follow(AT)


def test_the_key_is_made_once_and_only_its_owner_reads_it(publish, tmp_path):
    first = services.ensure_key(tmp_path)
    file = tmp_path / "keys" / "log.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert services.ensure_key(tmp_path) == first
    assert [one.name for one in file.parent.iterdir()] == ["log.key"]
    follow(AT)
    assert queries.read("vkey").decode().strip() == first


def test_a_lost_key_is_never_replaced(publish, tmp_path):
    publish(1)
    follow(AT)
    (tmp_path / "keys" / "log.key").unlink()
    publish(1)
    with pytest.raises(Refused, match="钥匙"):
        follow(AT)
    assert not (tmp_path / "keys" / "log.key").exists()


@pytest.mark.parametrize(
    "path",
    [
        "../keys/log.key", "tile/../../keys/log.key", "/etc/passwd", "checkpoint/", "checkpoint.new", "", "tile",
        "tile/0/0", "tile/00/000", "tile/0/000.p/256", "tile/0/000.p/0", "tile/0/000.p/01", "tile/64/000",
        "tile/0/x000", "tile/8/0/000", "checkpoint\n", "vkey\x00", "tile/0/０００", "tile/0/000/", "tile//000",
        "%2e%2e/keys/log.key", "tile\\0\\000", "x" * 5000,
    ],
)  # fmt: skip
def test_no_other_path_is_ever_read(publish, path):
    publish(1)
    follow(AT)
    assert queries.read(path) is None


def test_the_paths_of_the_log_are_read(publish):
    publish(1)
    follow(AT)
    for path in ("checkpoint", "vkey", "tile/0/000.p/1", "tile/entries/000.p/1"):
        assert queries.read(path), path
    assert queries.read("tile/0/x001/000") is None
