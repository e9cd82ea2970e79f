"""What a page of the shop loads more because of the addons, compressed."""

import gzip
from pathlib import Path

NAME = "assets that the addons add to the pages of the shop"
TARGET = 30
REPEATS = 2
UNIT = "kB"
NEEDS = "proforma_ecom_website_sale"
BUNDLES = ("web.assets_frontend", "web.assets_frontend_lazy")


def prepare(env):
    return None


def ours(env, state):
    """Kilobytes of scripts and styles as they lie in the addons; each file once."""
    files = {
        Path(path)
        for bundle in BUNDLES
        for _url, path, _bundle, _time in env["ir.asset"]._get_asset_paths(bundle, {})
        if path and "/proforma_ecom" in str(path)
    }
    assert files, "the addons have no asset"
    content = b"".join(path.read_bytes() for path in sorted(files))
    return len(gzip.compress(content)) / 1024
