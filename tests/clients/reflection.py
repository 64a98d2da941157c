"""What grpcurl does: asks the daemon what it serves, learns the contract from it alone, makes a call.

    python3 reflection.py BIN_DIR

Exit code 77: no python3-grpcio here. The messages of grpc.reflection.v1alpha are read by hand, since
no package of Debian has them in Python: a request is a symbol or a list, an answer files or names.
"""
import pathlib
import subprocess
import sys
import tempfile

try:
    import grpc
    from google.protobuf import descriptor_pb2, descriptor_pool, json_format
    from google.protobuf.message_factory import MessageFactory
except ImportError:
    print("***** SKIPPED: python3-grpcio or python3-protobuf is not installed", file=sys.stderr)
    sys.exit(77)

BIN = pathlib.Path(sys.argv[1])
LIST, SYMBOL, FILE = 7, 4, 3  # Fields of a request that hold text.
FILES, NAMES = 4, 6  # Fields of an answer.


def varint(raw, at):
    value = shift = 0
    while True:
        value |= (raw[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if not raw[at - 1] & 0x80:
            return value, at


def fields(raw):
    """(number, bytes) of each field that holds bytes."""
    at = 0
    while at < len(raw):
        key, at = varint(raw, at)
        if key & 7 == 2:
            size, at = varint(raw, at)
            yield key >> 3, raw[at:at + size]
            at += size
        else:
            _, at = varint(raw, at)


class Reflection:
    def __init__(self, channel):
        self._call = channel.stream_stream(
            "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo")
        self.pool, self._known = descriptor_pool.DescriptorPool(), set()

    def ask(self, field, text, answer):
        request = bytes([field << 3 | 2, len(text)]) + text.encode()
        for response in self._call(iter([request])):
            for number, inner in fields(response):
                if number == answer:
                    return [value for number, value in fields(inner) if number == 1]
        raise SystemExit(f"no answer about {text!r}")

    def services(self):
        return [value.decode() for entry in self.ask(LIST, "*", NAMES)
                for number, value in fields(entry) if number == 1]

    def learn(self, field, text):
        for raw in self.ask(field, text, FILES):
            file = descriptor_pb2.FileDescriptorProto.FromString(raw)
            if file.name not in self._known:
                self._known.add(file.name)
                for needed in file.dependency:
                    self.learn(FILE, needed)
                self.pool.Add(file)


def main():
    with tempfile.TemporaryDirectory() as folder:
        daemon = subprocess.Popen([BIN / "claimwatchd", f"--data_dir={folder}/data",
                                   "--listen=127.0.0.1:0"], stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, text=True)
        try:
            with grpc.insecure_channel(daemon.stdout.readline().split()[-1]) as channel:
                check(Reflection(channel), channel)
        finally:
            daemon.terminate()
            daemon.wait()
            daemon.stdout.close()


def check(reflection, channel):
    services = reflection.services()
    ours = [name for name in services if name.startswith("claimwatch.v1.")]
    assert len(ours) >= 5 and "grpc.health.v1.Health" in services, services
    for name in ours:
        reflection.learn(SYMBOL, name)
    method = reflection.pool.FindMethodByName("claimwatch.v1.AdminService.GetStatus")
    make = MessageFactory(reflection.pool).GetPrototype
    call = channel.unary_unary("/claimwatch.v1.AdminService/GetStatus",
                               make(method.input_type).SerializeToString,
                               make(method.output_type).FromString)
    status = json_format.MessageToDict(call(make(method.input_type)(), timeout=30))
    assert status["version"] and status["limits"], status
    print(f"  by reflection alone: {len(ours)} services, release {status['version']}")


main()
