"""The SPARQL endpoint and the library over HTTP: an ASGI application over a store that others open and change for it.

Every query runs in a process of its own kind (`worker`, `pool`) on a read-only handle; this one only speaks HTTP.
"""
