"""What a file brings into a history."""

import msgspec


class Reconciled(msgspec.Struct, frozen=True):
    """The Yjs update that takes a file in, None where the document has all of it already.

    Where nobody knows what the file was made from it is `is_unrelated`: it belongs beside the
    document, under another name.
    """

    update: bytes | None
    is_unrelated: bool = False
