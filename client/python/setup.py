"""Builds the package: what pyproject.toml says, and the code generated from ../../proto.

    pip install client/python                       everything from the package index
    python3 setup.py build --build-lib=DIR          without pip, with Debian's python3-grpcio,
                                                    python3-protobuf and protobuf-compiler-grpc

protoc is that of grpcio-tools where it is installed, else the system's. Where the package
googleapis-common-protos is not installed, google/rpc is generated too: it must exist only once.
"""
import importlib.util
import pathlib
import shutil
import subprocess
import sys

from setuptools import setup
from setuptools.command.build_py import build_py

PROTO = pathlib.Path(__file__).resolve().parent.parent.parent / "proto"


def protoc_command():
    if importlib.util.find_spec("grpc_tools"):
        return [sys.executable, "-m", "grpc_tools.protoc"]
    plugin = shutil.which("grpc_python_plugin")
    if not plugin or not shutil.which("protoc"):
        sys.exit("setup.py: install grpcio-tools, or protobuf-compiler-grpc of Debian")
    return ["protoc", f"--plugin=protoc-gen-grpc_python={plugin}"]


def has_google_rpc():
    try:
        return importlib.util.find_spec("google.rpc.error_details_pb2") is not None
    except ModuleNotFoundError:
        return False


class BuildWithProto(build_py):
    def run(self):
        super().run()
        out = pathlib.Path(self.build_lib)
        services = sorted((PROTO / "claimwatch/v1").glob("*.proto"))
        messages = [] if has_google_rpc() else sorted((PROTO / "google/rpc").glob("*.proto"))
        command = protoc_command() + [f"-I{PROTO}", f"--python_out={out}"]
        subprocess.run(command + [*map(str, services + messages)], check=True)
        subprocess.run(command + [f"--grpc_python_out={out}", *map(str, services)], check=True)
        (out / "claimwatch/v1/__init__.py").touch()


setup(cmdclass={"build_py": BuildWithProto})
