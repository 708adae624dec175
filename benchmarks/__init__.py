"""What is measured: run a benchmark with `python -m benchmarks.NAME`."""
