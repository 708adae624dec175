"""Held against what people did: a site whose translations pin the version of the source that they were made from.

Nothing of a site's text is kept: what the benchmark prints is for reading and measuring. `adapter` alone knows the
inside of transtool; `oracle` reads pages in a way of its own, so that transtool is not measured by itself.
"""
