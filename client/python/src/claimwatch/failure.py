"""What the daemon's errors say: the reason, the fields at fault, whether to try again."""
import dataclasses

import grpc
from google.rpc import error_details_pb2, status_pb2

_CODES = {code.value[0]: code for code in grpc.StatusCode}


@dataclasses.dataclass(frozen=True)
class Violation:
    """A field at fault, spelled as in the contract: ("body", "REQUIRED", "…")."""

    field: str
    reason: str
    description: str


class Failure(Exception):
    """A call, or one article, that the daemon refused; or no daemon at all.

    code         grpc.StatusCode
    reason       of the table in proto/README.md, such as "TOKEN_TOO_OLD"; "": the daemon did not
                 say, as when there is none
    metadata     what goes with the reason, such as {"oldestToken": "…"}
    violations   fields at fault
    resource     what was not found, such as "alert al9"; or ""
    retry_after  seconds to wait before the next try, or None
    """

    def __init__(self, code, message, details=b""):
        super().__init__(message)
        self.code, self.message = code, message
        self.reason, self.metadata, self.violations = "", {}, []
        self.resource, self.retry_after = "", None
        for detail in status_pb2.Status.FromString(details).details:
            self._read(detail)

    @classmethod
    def of_call(cls, error: grpc.RpcError):
        """What a call raised."""
        trailers = dict(error.trailing_metadata() or ())
        return cls(error.code(), error.details() or "", trailers.get("grpc-status-details-bin", b""))

    @classmethod
    def of_status(cls, status: status_pb2.Status):
        """The `error` of a receipt."""
        return cls(_CODES.get(status.code, grpc.StatusCode.UNKNOWN), status.message,
                   status.SerializeToString())

    @property
    def may_try_again(self):
        """Whether the same call can be made again, unchanged, after a delay."""
        if self.code in (grpc.StatusCode.RESOURCE_EXHAUSTED, grpc.StatusCode.ABORTED):
            return self.retry_after is not None
        return self.code is grpc.StatusCode.UNAVAILABLE

    def _read(self, detail):
        info, bad = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
        retry, resource = error_details_pb2.RetryInfo(), error_details_pb2.ResourceInfo()
        if detail.Unpack(info):
            self.reason, self.metadata = info.reason, dict(info.metadata)
        elif detail.Unpack(bad):
            self.violations = [Violation(v.field, _reason_of(v), v.description)
                               for v in bad.field_violations]
        elif detail.Unpack(retry):
            self.retry_after = retry.retry_delay.ToNanoseconds() / 1e9
        elif detail.Unpack(resource):
            self.resource = f"{resource.resource_type} {resource.resource_name}"

    def __str__(self):
        return f"{self.code.name}{f' {self.reason}' if self.reason else ''}: {self.message}"


def _reason_of(violation):
    # Older releases of googleapis-common-protos do not know the field yet.
    return getattr(violation, "reason", "")
