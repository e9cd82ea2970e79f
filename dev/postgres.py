"""A PostgreSQL cluster of our own on a Unix socket, or the server that PGHOST names."""

import os
import pwd
import subprocess
from pathlib import Path

from dev import console, paths, process, steps, tools

ROLE = "proforma"
PORT = "5432"  # Only part of the socket's name: the cluster does not listen on TCP.
# The demo lives in this cluster, so it stays durable; what may be lost (the databases
# of the tests) gives up synchronous commits one by one. See `databases`.
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "120",
    "shared_buffers": "512MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "30min",
    "unix_socket_permissions": "0700",
    "jit": "off",
    "log_min_messages": "fatal",
}


def is_external():
    """Whether the person has a server of his own, told by libpq's variable.

    Our own socket may be in PGHOST too, in a shell that `python3 -m dev env` set up.
    """
    return os.environ.get("PGHOST", "") not in ("", str(socket_folder()))


def home():
    """Folder of the cluster.

    Root's cache lies below a home that the user `postgres` may not enter, and the
    server refuses to run as root: so root's cluster lies where daemons keep their data,
    one for each cache. Not in /tmp, which a reboot may empty: the demo has to survive.
    """
    if os.geteuid():
        return paths.cache() / "postgres"
    return Path("/var/lib/proforma-ecom") / paths.short_hash(str(paths.cache()))


def socket_folder():
    """Folder of the socket; a socket's path may hold 107 characters and no more."""
    folder = home() / "socket"
    if len(f"{folder}/.s.PGSQL.{PORT}") < 107:
        return folder
    return Path(f"/tmp/proforma-ecom-{os.getuid()}-{paths.short_hash(str(home()))}")


def environment():
    """Variables with which libpq, psql and Odoo find the server."""
    if is_external():
        return {
            name: value for name, value in os.environ.items() if name.startswith("PG")
        }
    return {"PGHOST": str(socket_folder()), "PGPORT": PORT, "PGUSER": ROLE}


def ensure():
    """Create the cluster when there is none, start it when it is not running.

    :raise DevError: when the server does not answer
    """
    if is_external():
        _check_external()
    elif not is_running():
        with steps.lock("setup"):
            _start()


def is_running():
    return (home() / "data").exists() and _pg_ctl("status") == 0


def stop():
    """Stop our cluster; True when it was running."""
    if is_external() or not is_running():
        return False
    return _pg_ctl("stop", "-m", "fast", "-t", "60") == 0


def as_owner(command):
    """The command, run as the user that owns the cluster (never root)."""
    if os.geteuid():
        return [str(part) for part in command]
    return ["runuser", "-u", "postgres", "--", *(str(part) for part in command)]


def _check_external():
    result = subprocess.run(
        ["psql", "-XAtqc", "SELECT rolcreatedb OR rolsuper FROM pg_roles "
         "WHERE rolname = current_user", "postgres"],
        capture_output=True, text=True, check=False, timeout=30,
    )  # fmt: skip
    host = os.environ["PGHOST"]
    if result.returncode:
        reason = (result.stderr.strip().splitlines() or ["no answer"])[-1]
        raise console.DevError(
            f"The PostgreSQL server that PGHOST names ({host}) does not answer: "
            f"{reason}; mend PGHOST, PGPORT, PGUSER and PGPASSWORD, or unset PGHOST "
            "to use our own."
        )
    if result.stdout.strip() != "t":
        raise console.DevError(
            f"The PostgreSQL user at {host} may not create databases: give it "
            "CREATEDB, or unset PGHOST to use a cluster of our own."
        )


def _start():
    if is_running():  # Another make started it while we waited.
        return
    data, run = home() / "data", socket_folder()
    for folder in (home(), run):
        folder.mkdir(parents=True, exist_ok=True)
        _own(folder)
        folder.chmod(0o700)
    if not (home() / steps.STAMP).exists():
        with console.step("Create a PostgreSQL cluster"):
            _initdb(data)
    code = _pg_ctl("start", "-w", "-t", "120", "-l", home() / "server.log")
    if code:
        reason = process.last_line(home() / "server.log")
        raise console.DevError(
            f"PostgreSQL does not start: {reason}; see {home() / 'server.log'}, or run "
            "`make clean` to begin anew."
        )


def _own(folder):
    if not os.geteuid():
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)


def _initdb(data):
    if data.exists():  # Left by an interruption.
        process.run(["rm", "-rf", data], paths.logs() / "postgres.log")
    process.run(
        as_owner([Path(tools.postgres_bin()) / "initdb", "-D", data, "-U", ROLE,
                  "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]),
        paths.logs() / "postgres.log", cwd="/",
    )  # fmt: skip
    lines = [f"{name} = '{value}'" for name, value in SETTINGS.items()]
    lines.append(f"unix_socket_directories = '{socket_folder()}'")
    with open(data / "postgresql.conf", "a", encoding="utf-8") as file:
        file.write("\n".join(["", *lines, ""]))
    steps.write(home() / steps.STAMP, "")


def _pg_ctl(verb, *options):
    command = [
        Path(tools.postgres_bin()) / "pg_ctl",
        verb,
        "-D",
        home() / "data",
        *options,
    ]
    return subprocess.run(
        as_owner(command),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        check=False,
        # A server must outlive this make, and Ctrl-C at the terminal is not for it.
        start_new_session=True,
    ).returncode
