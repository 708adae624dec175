"""Coverage-guided fuzzing: one module for each thing that is read, with seeds and one function that must hold.

A target has `SEEDS`, texts to begin with, and `holds(data)`, which raises for what must not happen. It needs atheris,
which is in no lock: `pip install atheris`, then `python -m benchmarks.fuzz front_matter --minutes 20`.
"""
