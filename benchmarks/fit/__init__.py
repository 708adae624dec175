"""Fit the small models that transtool could judge by, on examples that the histories of real sites label.

scikit-learn fits them and is a tool of development only: what transtool would be given is a table of coefficients.
Examples hold words of the sites, so they are kept outside the repository.
"""
