"""``make clean``: everything that the other targets made outside of the checkout."""

import shutil

from dev import console, databases, paths, postgres, process
from dev.demo import database

OURS = (database.NAME, databases.TEMPLATES, databases.TESTS)


def clean():
    """Drop our databases and remove the cache folder.

    On a server of the person's own only databases with our prefixes go.
    """
    if postgres.is_external():
        for name in databases.names():
            if name.startswith(OURS):
                databases.drop(name)
    elif postgres.home().exists():
        process.run(["rm", "-rf", postgres.home()], "/dev/null")
        shutil.rmtree(postgres.socket_folder(), ignore_errors=True)
    folder = paths.cache()
    shutil.rmtree(folder)
    console.say(f"Removed {folder}.")
