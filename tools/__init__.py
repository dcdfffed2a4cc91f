"""Set-up of a working copy: what `make` calls."""
