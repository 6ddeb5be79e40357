"""What the library costs beside what a user would do instead: `python -m benchmarks`, or `make bench`."""
