"""The policy of a pull request: that of its merge base, and what the branch weakens of it.

Nothing of the branch, and nothing of the merge base, is executed here: settings, baselines and
manifests are read as git has stored them.
"""
