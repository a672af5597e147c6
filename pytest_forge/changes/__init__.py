"""What a change is: its files, lines and commits, what it touches, and what it did not bring."""
