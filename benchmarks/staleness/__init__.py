"""A simulator of multilingual sites whose truth is known, and how well staleness is told on them.

`tongues` makes sentences and translates them, `pages` lays them out and knows what is stale, `edits` changes
them, `families` tells the stories, `repository` commits them to git, `score` compares what a rule says with the
truth. Nothing here imports the code under test: it is run as a user runs it.
"""
